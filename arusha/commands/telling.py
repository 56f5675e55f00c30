"""What every command shares: the language it speaks, how it says no, and how bytes leave it."""

import io
import json
import os
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import typer

from arusha import settings
from arusha.i18n import Translator, translator
from questionnaires.problems import N_, Problem, Refused

REFUSALS = (Refused, OSError, UnicodeEncodeError)
UNPRINTABLE = ("Cc", "Cs", "Zl", "Zp")  # control characters, half characters, line and paragraph separators


def commands(about: str, **more: Any) -> typer.Typer:
    """Return an empty set of commands: plain help, no traceback in colours, no shell completion."""
    return typer.Typer(
        help=about,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        no_args_is_help=True,
        **more,
    )


def speaker() -> Translator:
    """Return the translator for who reads: the setting, or the terminal's language."""
    return translator(settings.read().language or _language_of_terminal())


def _language_of_terminal() -> str:
    # The terminal's language belongs to the terminal and is no setting of this program.
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return next((os.environ[name] for name in names if os.environ.get(name)), "")


def be_plain() -> None:
    """Let a character that the terminal cannot show become a question mark instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def say(*lines: str) -> None:
    """Print lines for a person."""
    for line in lines:
        typer.echo(clean(line))


def clean(text: str) -> str:
    """Return text as one line that cannot steer a terminal: control characters are replaced."""
    line = " ".join(text.split()) if "\n" in text or "\r" in text else text
    return "".join("�" if unicodedata.category(sign) in UNPRINTABLE else sign for sign in line)


def send(data: bytes) -> None:
    """Write bytes to stdout, exactly."""
    typer.echo(data, nl=False)


def send_json(content: Any) -> None:
    """Write JSON to stdout, in UTF-8 on any terminal."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2)
    send((text + "\n").encode("utf-8", "backslashreplace"))


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines with aligned columns."""
    cells = [[clean(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]


@contextmanager
def refusals() -> Iterator[None]:
    """Print every problem of a refusal to stderr, as ``place: fault remedy``, and end with exit code 1."""
    try:
        yield
    except BrokenPipeError:
        raise  # whoever read has gone; typer ends quietly
    except REFUSALS as error:
        t = _speaker_in_need()
        for problem in problems_of(error):
            typer.echo(clean(f"{problem.place}: {t.problem(problem)}"), err=True)
        raise typer.Exit(1) from error


@contextmanager
def refusals_in(shape: Mapping[str, Any] | None) -> Iterator[None]:
    """Print a refusal as JSON, its problems beside ``shape``, and end with 1; without a shape do nothing."""
    try:
        yield
    except BrokenPipeError:
        raise
    except REFUSALS as error:
        if shape is None:
            raise
        send_json({**shape, "problems": [problem.as_dict() for problem in problems_of(error)]})
        raise typer.Exit(1) from error


def problems_of(error: Exception) -> tuple[Problem, ...]:
    """Return the problems behind one of ``REFUSALS``."""
    if isinstance(error, Refused):
        return error.problems
    if isinstance(error, OSError):
        fault = N_("The file cannot be read or written: {why}.")
        remedy = N_("Check the path and the right to use it, then try again.")
        values = {"why": error.strerror or str(error)}
        return (Problem(os.fsdecode(error.filename or "stdout"), fault, remedy, values),)
    fault = N_("The text holds a character that no file or database can keep.")
    return (Problem("text", fault, N_("Type the text again.")),)


def _speaker_in_need() -> Translator:
    """Return a translator even when it is the settings that are refused."""
    try:
        return speaker()
    except Refused:
        return translator(_language_of_terminal())
