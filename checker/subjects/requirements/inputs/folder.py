"""A folder of wheels and sdists, or one such file: what lies there is what is audited."""

from __future__ import annotations

from pathlib import Path

from checker.subjects.requirements.inputs.common import ARTIFACT_ENDINGS, input_error, named_by_file
from checker.subjects.requirements.model import InputError, Listing, Origin, Source, Wanted


def read(path: Path, source: str) -> Listing:
    """List the artifacts of a folder (not of the folders in it), or the one file.

    Raises:
        OSError: the folder cannot be listed.
    """
    files = [path] if path.is_file() else sorted(path.iterdir())
    wanted: list[Wanted] = []
    errors: list[InputError] = []
    for file in files:
        if not file.name.endswith(ARTIFACT_ENDINGS) or not file.is_file():
            continue
        shown = source if file == path else f"{source.rstrip('/')}/{file.name}"
        origin = Origin(file=shown, line=0, text=file.name)
        name, version = named_by_file(file.name)
        if not name:
            errors.append(
                input_error(
                    origin,
                    f"{file.name} is neither a wheel nor an sdist",
                    why="its name does not say which package and version it holds",
                    fix="keep the name that the index gave the file",
                )
            )
            continue
        wanted.append(
            Wanted(name=name, version=version, origin=origin, source=Source.FILE, location=str(file))
        )
    if not wanted and not errors:
        errors.append(
            input_error(
                Origin(file=source, line=0),
                f"{source} holds no wheel and no sdist",
                why="only files that end in .whl, .tar.gz or .zip are looked at",
                fix="name a folder of artifacts, or a list",
            )
        )
    return Listing(source=source, format="folder", wanted=tuple(wanted), errors=tuple(errors), locked=True)
