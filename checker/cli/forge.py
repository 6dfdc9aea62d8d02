"""What the CI of a forge tells a run by its environment: where sources can be read, where a summary goes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from checker.errors import CheckerError

SUMMARY = "GITHUB_STEP_SUMMARY"


def source_links(environ: Mapping[str, str], folder: Path) -> str:
    """Return the web address of a folder at the commit that is being built; empty outside a known CI.

    Args:
        environ: Environment variables of GitHub Actions (and Gitea, Forgejo) or of GitLab CI.
        folder: Where the command is run: what relative paths are relative to.
    """
    if environ.get("GITHUB_ACTIONS") == "true":
        parts = tuple(
            environ.get(name, "") for name in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA")
        )
        base, top = "{}/{}/blob/{}".format(*parts), environ.get("GITHUB_WORKSPACE", "")
    elif environ.get("GITLAB_CI"):
        parts = tuple(environ.get(name, "") for name in ("CI_PROJECT_URL", "CI_COMMIT_SHA"))
        base, top = "{}/-/blob/{}".format(*parts), environ.get("CI_PROJECT_DIR", "")
    else:
        return ""
    if not all(parts) or not top:
        return ""
    try:
        inner = folder.resolve().relative_to(Path(top).resolve())
    except ValueError:
        return ""
    within = PurePosixPath(inner).as_posix()
    return base if within == "." else f"{base}/{within}"


def append_summary(file: str, text: str) -> None:
    """Append to the summary of a workflow's step: other steps' words stay.

    Raises:
        CheckerError: it cannot be written.
    """
    try:
        with Path(file).open("a", encoding="utf-8", errors="backslashreplace") as summary:
            summary.write(text)
    except OSError as problem:
        raise CheckerError(
            f"cannot write the job summary {file}",
            why=problem.strerror or str(problem),
            fix=f"unset {SUMMARY}, or let it name a file that can be written",
        ) from problem
