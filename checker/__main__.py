"""`python -m checker` is `openverdict`."""

from checker.cli import main

if __name__ == "__main__":
    main()
