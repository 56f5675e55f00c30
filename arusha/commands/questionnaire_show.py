"""``questionnaire show``: a questionnaire to read, as Markdown or as a workbook."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from arusha.commands import files, telling
from arusha.i18n import translator
from arusha.reference import workbook
from arusha.reference.content import Content
from arusha.reference.document import document
from arusha.reference.rules import factor_of, language_of, practice_of
from questionnaires import loading
from questionnaires.model import Practice, Questionnaire
from questionnaires.problems import N_, Problem, Refused, near, printable

MARKDOWN, WORKBOOK = ".md", ".xlsx"


def show(
    questionnaire: Annotated[str, typer.Argument(metavar="ID|DIR", help="Id or folder of a questionnaire.")],
    language: Annotated[
        str, typer.Option(help="Language of the questionnaire, e.g. fr; the reader's if left out.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="File to write, .md or .xlsx; stdout if left out.")
    ] = None,
    practice: Annotated[str, typer.Option(metavar="ID", help="Only this practice, as Markdown.")] = "",
    factor: Annotated[str, typer.Option(metavar="ID", help="Only this factor, as Markdown.")] = "",
) -> None:
    """Show a questionnaire to read: every practice with its steps, evidence and measures."""
    found = loading.load(questionnaire)
    problems = list(_faults_of_file(out, is_part=bool(practice or factor)))
    for find, name in ((language_of, language), (factor_of, factor), (practice_of, practice)):
        problems += _faults_of_name(find, found, name) if name else ()
    if problems:
        raise Refused(problems)
    content = _content(found, language)
    is_book = out is not None and out.suffix.casefold() == WORKBOOK
    data = workbook.write(content) if is_book else document(content, _part(found, factor, practice)).encode()
    if out is None:
        telling.send(data)
    else:
        files.write(out, data)


def _faults_of_file(out: Path | None, *, is_part: bool) -> Iterator[Problem]:
    """Yield what stands against writing such a file."""
    ending = out.suffix.casefold() if out else MARKDOWN
    if ending not in (MARKDOWN, WORKBOOK):
        meant = near(ending, (MARKDOWN, WORKBOOK))
        fault = N_("A questionnaire is not written as a file of this kind.")
        remedy = N_("Did you mean {meant}?") if meant else N_("Use one of: {known}.")
        values = {"meant": meant, "known": f"{MARKDOWN}, {WORKBOOK}"}
        yield Problem(printable(str(out)), fault, remedy, values)
    elif ending == WORKBOOK and is_part:
        fault = N_("A workbook holds the whole questionnaire, not a part of it.")
        yield Problem(
            printable(str(out)), fault, N_("Write a file .md, or leave --practice and --factor out.")
        )


def _faults_of_name(
    find: Callable[[Questionnaire, str], object], found: Questionnaire, name: str
) -> Iterable[Problem]:
    """Return the problems of a name that the questionnaire does not know."""
    try:
        find(found, name)
    except Refused as refused:
        return refused.problems
    return ()


def _part(found: Questionnaire, factor: str, practice: str) -> list[Practice] | None:
    """Return the practices asked for, or None for all of them."""
    if practice:
        return [practice_of(found, practice)]
    return list(factor_of(found, factor).practices) if factor else None


def _content(found: Questionnaire, language: str) -> Content:
    """Return the questionnaire in the language asked for, else in the reader's, else in its own."""
    t = translator(language) if language else telling.speaker()
    wanted = language or t.language
    offered = wanted in found.languages
    return Content(t, found, wanted if offered else found.structure.default_language)
