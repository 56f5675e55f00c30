"""``questionnaire write`` and ``questionnaire read``: a questionnaire as an Excel workbook, and back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from arusha.authoring import changes, keeping, taking_back, workbook
from arusha.authoring.taking_back import Taken
from arusha.authoring.translations import read_record
from arusha.commands import files, telling
from arusha.exchange.reading import LARGEST
from arusha.i18n import Translator
from questionnaires import loading
from questionnaires.files import is_at
from questionnaires.model import Questionnaire, Structure
from questionnaires.problems import N_, Refused, refuse

XLSX = ".xlsx"


def write(
    questionnaire: Annotated[str, typer.Argument(metavar="ID|DIR", help="Id or folder of a questionnaire.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.xlsx", help="The workbook to write.")],
    language: Annotated[
        list[str] | None,
        typer.Option("--language", metavar="TAG", help="Add an empty sheet for this language, as in pt."),
    ] = None,
) -> None:
    """Write a questionnaire as an Excel workbook, to work on and read back."""
    t = telling.speaker()
    asked = loading.load(questionnaire)
    if out.suffix.casefold() != XLSX:
        raise refuse(str(out), N_("The name of an Excel workbook ends with .xlsx."), N_("Name it so."))
    record = read_record(_directory(questionnaire))
    files.write(out, workbook.write(asked, t, record, language or []))
    tags = ", ".join([*asked.languages, *(language or [])])
    telling.say(t("{file} is written, with the languages {languages}.", file=out, languages=tags))


def read(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="A workbook that was written before.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder of the questionnaire.")],
) -> None:
    """Read a questionnaire from its workbook into a folder, as a whole or not at all."""
    t = telling.speaker()
    with file.open("rb") as source:
        data = source.read(LARGEST + 1)
    taken = taking_back.read(data, file.name, lambda edition: _earlier(out, edition))
    before = _before(keeping.place_for(out, taken.questionnaire.id))
    keeping.keep(out, taken.questionnaire, taken.record)
    telling.say(*_told(t, out, before, taken))


def _directory(questionnaire: str) -> Path:
    return loading.HOME / questionnaire if questionnaire in loading.editions() else Path(questionnaire)


def _earlier(out: Path, edition: str) -> Structure | None:
    """Return the structure of an earlier edition that stands beside the folder, or comes with the program."""
    beside = out.resolve().parent / edition
    if is_at(beside / loading.STRUCTURE):
        return loading.read(beside).structure
    return taking_back.shipped(edition)


def _before(directory: Path) -> Questionnaire | None:
    """Return what the folder holds now; None when it holds nothing that can be read."""
    try:
        return loading.read(directory)
    except Refused:
        return None


def _told(t: Translator, out: Path, before: Questionnaire | None, taken: Taken) -> Iterator[str]:
    asked = taken.questionnaire
    yield t(
        "{folder} holds {id}: {factors} factors, {practices} practices, languages {languages}.",
        folder=out,
        id=asked.id,
        factors=len(asked.factors),
        practices=len(asked.practices),
        languages=", ".join(asked.languages),
    )
    yield from changes.told(t, before, asked) if before else ()
    for warning in taken.warnings:
        yield f"{warning.place}: {t.problem(warning)}"
