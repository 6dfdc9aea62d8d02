# Run `make` for the list. Everything uses the environment that is active; see README.md, "Set up".
.PHONY: help lint test regen schema build

help:  ## Show the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

lint:  ## Style, types and layers
	ruff check .
	ruff format --check .
	mypy
	lint-imports

test:  ## All tests, on two cores
	pytest -n 2

regen:  ## Write the expected answers of all cases anew; then read the diff
	pytest -n 2 --regen
	git diff --stat -- fixtures

schema:  ## Hold every data file and report against its schema
	pytest -n 2 -k schema

build:  ## Build the wheel into dist/
	pip wheel --no-deps --wheel-dir dist .
