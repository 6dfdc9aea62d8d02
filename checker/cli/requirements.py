"""`openverdict requirements`: audit the licenses of a list of requirements."""

from __future__ import annotations

import click

from checker.cli.common import EXIT_CODES, Settings, common_options, finish
from checker.domain.values import Values

EXAMPLES = """\b
Examples:
  openverdict requirements requirements.txt
  openverdict requirements uv.lock --policy permissive
  openverdict requirements pyproject.toml --extra dev --notices NOTICES.txt
  openverdict requirements --installed --obligations
  uv export | openverdict requirements -
"""
FORMATS = (
    "uv.lock",
    "poetry.lock",
    "pdm.lock",
    "pylock",
    "pyproject",
    "Pipfile.lock",
    "cyclonedx",
    "spdx",
    "conda",
    "requirements",
)
"""Names of the input formats, for `--help`; a test holds them against the registry."""


@click.command(
    "requirements",
    epilog=f"{EXAMPLES}\n{EXIT_CODES}",
    short_help="Audit the licenses of a list of requirements.",
)
@click.argument("paths", nargs=-1, metavar="[PATH...|-]")
@click.option("--installed", is_flag=True, help="Audit an installed environment.")
@click.option("--python", metavar="PATH", help="Interpreter or virtual environment, for --installed.")
@click.option("--input-format", type=click.Choice(FORMATS), help="Read lists in this format [default: seen].")
@click.option(
    "--extra", "extras", multiple=True, metavar="NAME", help="Take these optional dependencies too."
)
@click.option("--group", "groups", multiple=True, metavar="NAME", help="Take this dependency group too.")
@click.option("--all-extras", is_flag=True, help="Take all optional dependencies.")
@click.option("--all-markers", is_flag=True, help="Audit what this environment does not need, too.")
@click.option("--deps/--no-deps", default=None, help="Resolve even pinned lists / take lists as they are.")
@click.option(
    "--resolver",
    type=click.Choice(["auto", "uv", "pip", "none"]),
    default="auto",
    show_default=True,
    help="Who resolves what is not pinned.",
)
@click.option("--python-version", metavar="X.Y", help="Resolve for this version of Python.")
@click.option("--allow-builds", is_flag=True, help="Let the resolver build sdists: that runs their code.")
@click.option("-i", "--index-url", metavar="URL", help="Main index [default: as pip and uv are configured].")
@click.option("--extra-index-url", "extra_indexes", multiple=True, metavar="URL", help="One more index.")
@click.option(
    "--find-links", "find_links", multiple=True, metavar="PATH|URL", help="Look for artifacts here, too."
)
@click.option(
    "--allow-redirect", "redirects", multiple=True, metavar="HOST", help="Follow redirects to this host."
)
@click.option("--whole-files", is_flag=True, help="Fetch whole artifacts and check their hashes.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=8, show_default=True, help="Connections at a time."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=1),
    default=120.0,
    show_default=True,
    help="Seconds an artifact may take.",
)
@click.option("--cache-dir", metavar="FOLDER", help="Keep what was read here.")
@click.option("--no-cache", is_flag=True, help="Neither use nor fill the cache.")
@click.option("--obligations", is_flag=True, help="List what using these packages asks of you.")
@click.option("--notices", metavar="FILE", help="Write the third-party notice file.")
@click.option("--baseline", metavar="FILE", help="Only what is not in this baseline fails.")
@click.option("--write-baseline", metavar="FILE", help="Write what fails now as the baseline.")
@common_options
def command(settings: Settings, paths: tuple[str, ...], **options: object) -> int:
    """Audit a list of requirements: the license that each exact artifact carries, and what it allows.

    PATH is a requirements file, pyproject.toml, uv.lock, poetry.lock, pdm.lock, Pipfile.lock, pylock.toml,
    environment.yml, a CycloneDX or SPDX document (JSON), a wheel or sdist, a folder of them, or - for
    standard input. Without PATH: the first lock or list in the current folder. Nothing is installed and
    nothing from an artifact is executed; metadata and license files are read by byte range.
    """
    from checker.cli import requirements_run as shell  # noqa: PLC0415  (no cost of `--help`)
    from checker.knowledge import Knowledge  # noqa: PLC0415
    from checker.subjects.requirements.judge import Bench  # noqa: PLC0415
    from checker.subjects.requirements.run import run  # noqa: PLC0415

    knowledge = Knowledge()
    policy = settings.open_policy(knowledge)
    asked = shell.asked_of(settings, paths, options)
    done = run(asked, knowledge=knowledge, policy=policy, as_of=settings.as_of)
    bench = Bench(knowledge=knowledge, policy=policy, as_of=settings.as_of)
    judgements = shell.judged(done, policy, bench, options)
    shown = shell.write_beside(done, judgements, knowledge, settings, options)
    code = finish(
        settings,
        shown,
        policy=policy,
        knowledge=knowledge,
        command="requirements",
        asked=Values(
            offline=settings.offline, resolver=done.resolver, requests=done.requests, bytes=done.received
        ),
        findings=done.findings,
    )
    shell.tell_obligations(judgements, knowledge, settings, options)
    return code
