"""A questionnaire into its directory: every file anew and all at once, or nothing."""

import os
import shutil
from pathlib import Path

from arusha.authoring.translations import FILE, Record, as_toml
from questionnaires import loading
from questionnaires.files import read_toml
from questionnaires.model import Questionnaire
from questionnaires.problems import N_, Problem, Refused, refuse
from questionnaires.writing import files


def place_for(directory: Path, edition: str) -> Path:
    """Return the real directory to write to; ``Refused`` when it holds anything but the same edition."""
    target = Path(os.path.realpath(directory))
    if not target.exists():
        return target
    if not target.is_dir():
        raise refuse(
            str(directory), N_("This is a file."), N_("Name a directory, or one that is not there yet.")
        )
    held = _held(target)
    if held != edition and any(target.iterdir()):
        fault = N_("The directory is not empty, and does not hold the questionnaire {id}.")
        remedy = N_("Name the directory of {id}, or one that is not there yet.")
        raise refuse(str(directory), fault, remedy, id=edition)
    return target


def _held(target: Path) -> str:
    raw = read_toml(target / loading.STRUCTURE)
    return "" if isinstance(raw, Problem) else str(raw.get("id", ""))


def keep(directory: Path, questionnaire: Questionnaire, record: Record) -> None:
    """Write a questionnaire into a directory; other files there stay. Raises ``Refused`` or ``OSError``.

    Everything is written beside the directory and read once before it takes the directory's place, so
    that a failure leaves what was there.
    """
    target = place_for(directory, questionnaire.id)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _fill(part, target, questionnaire, record)
        _take_its_place(part, target)
    except Refused as refused:
        told = [(one.place.replace(part.name, target.name), one) for one in refused.problems]
        raise Refused(Problem(at, one.fault, one.remedy, one.values) for at, one in told) from refused
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _fill(part: Path, target: Path, questionnaire: Questionnaire, record: Record) -> None:
    if target.is_dir():
        replaced = _replaced(target)
        shutil.copytree(
            target, part, symlinks=True, ignore=lambda at, _: replaced if Path(at) == target else []
        )
    else:
        part.mkdir()
    contents = files(questionnaire)
    if any(record.values()):
        contents[FILE] = as_toml(record)
    for name, content in contents.items():
        (part / name).write_bytes(content.encode())
    loading.read(part)


def _replaced(target: Path) -> list[str]:
    texts = [path.name for path in target.glob("text.*.toml")]
    return [loading.STRUCTURE, FILE, *texts]


def _take_its_place(part: Path, target: Path) -> None:
    if not target.exists():
        part.rename(target)
        return
    before = target.with_name(f"{part.name}.before")
    target.rename(before)
    try:
        part.rename(target)
    except OSError:
        before.rename(target)
        raise
    shutil.rmtree(before, ignore_errors=True)
