"""Bytes on disk -> raw TOML, or one problem that says at which line a file cannot be read."""

import re
import tomllib
from pathlib import Path
from typing import Any

from questionnaires.problems import N_, Problem, printable

LARGEST = 2_000_000  # bytes; our own edition has about a twentieth of it
LONGEST = 20_000  # characters of a line; the time for reading one grows with the square of its dots
LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")
TWICE = re.compile(
    r"(?:Cannot declare|Cannot mutate immutable namespace|Duplicate inline table key) (.*)|Cannot overwrite"
)
CLOSE_QUOTE = (
    N_("Line {line}: a text in quotation marks does not end on its line."),
    N_('Close it with a quotation mark; inside a text write \\" for one.'),
)
CLOSE_BRACKET = (N_("Line {line}: a bracket is not closed."), N_("Close each [ with ] and each {{ with }}."))
NO_KEY = (
    N_("Line {line}: a key is missing or begins with a sign that no key has."),
    N_("Write key = value; a key with other signs than a-z, 0-9, _ and - stands in quotation marks."),
)
REASONS = (
    ("Illegal character", *CLOSE_QUOTE),
    ("Unterminated string", *CLOSE_QUOTE),
    ("Unclosed", *CLOSE_BRACKET),
    ("at the end of a table", *CLOSE_BRACKET),
    ("at the end of an array", *CLOSE_BRACKET),
    (
        "Expected '='",
        N_("Line {line}: an = is missing after the key."),
        N_("Write key = value; a key with a dot or a space stands in quotation marks."),
    ),
    (
        "Invalid value",
        N_("Line {line}: the value after the = is not possible."),
        N_("Put text in quotation marks; write true, false and numbers without."),
    ),
    (
        "Expected newline",
        N_("Line {line}: something stands after the end of the value."),
        N_('Write one key a line; inside a text write \\" for a quotation mark.'),
    ),
    (
        "Unescaped",
        N_("Line {line}: a backslash stands alone in a text."),
        N_("Write it twice."),
    ),
    ("Invalid initial character", *NO_KEY),
    ("Invalid statement", *NO_KEY),
)


def read_toml(path: Path) -> dict[str, Any] | Problem:
    """Return the content of a TOML file, or the problem that keeps it from being read; raises nothing."""
    place = f"{printable(path.parent.name)}/{printable(path.name)}"
    try:
        content = _bytes(path)
    except OSError as error:
        return _unopened(place, path, error)
    if len(content) > LARGEST:
        fault = N_("The file is larger than {limit} bytes.")
        return Problem(place, fault, N_("Keep only the questionnaire in it."), {"limit": LARGEST})
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(place, content, error)
    return _parse(place, text)


def is_at(path: Path, *, directory: bool = False) -> bool:
    """Return whether a file, or a directory, is there; False for a path that cannot be looked at."""
    try:
        return path.is_dir() if directory else path.is_file()
    except OSError:
        return False


def _bytes(path: Path) -> bytes:
    if path.exists() and not path.is_file():  # a pipe would keep us waiting
        raise OSError(0, "it is not a file")
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _unopened(place: str, path: Path, error: OSError) -> Problem:
    if isinstance(error, FileNotFoundError):
        fault = N_("There is no {file} in this directory.")
        remedy = N_("Put it there, or name the directory that has it.")
        return Problem(place, fault, remedy, {"file": path.name})
    fault = N_("The file cannot be opened: {why}.")
    values = {"why": error.strerror or str(error)}
    return Problem(place, fault, N_("Make it a file that may be read."), values)


def _not_utf8(place: str, content: bytes, error: UnicodeDecodeError) -> Problem:
    values = {"line": content.count(b"\n", 0, error.start) + 1}
    fault = N_("Line {line} has signs that are not in the encoding UTF-8.")
    return Problem(place, fault, N_("Save the file again in the encoding UTF-8."), values)


def _parse(place: str, text: str) -> dict[str, Any] | Problem:
    for line, written in enumerate(text.split("\n"), start=1):
        if len(written) > LONGEST:
            values = {"line": line, "limit": LONGEST}
            fault = N_("Line {line} has more than {limit} characters.")
            return Problem(place, fault, N_("Break it into several lines."), values)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _not_toml(place, text, str(error))
    except RecursionError:
        fault = N_("The file has tables or lists inside each other, more deeply than can be read.")
        return Problem(place, fault, N_("Keep to the keys that questionnaires/README.md describes."))
    except ValueError:
        fault = N_("The file has a number that is too long to be read.")
        return Problem(place, fault, N_("Write a shorter number."))


def _not_toml(place: str, text: str, why: str) -> Problem:
    found = LINE.search(why)
    line = int(found[1]) if found and found[1] else text.count("\n", 0, len(text.rstrip())) + 1
    twice = TWICE.search(why)
    name = ".".join(re.findall(r"'(.*?)'", twice[1] or "")) if twice else ""
    values = {"line": line, "why": printable(LINE.sub("", why)), "name": printable(name)}
    if twice:
        fault = (
            N_("Line {line}: {name} was written before.")
            if name
            else N_("Line {line}: this was written before.")
        )
        return Problem(place, fault, N_("Remove one of the two, or give it its own id."), values)
    for sign, fault, remedy in REASONS:
        if sign in why:
            return Problem(place, fault, remedy, values)
    return Problem(place, N_("Line {line} is not TOML: {why}."), N_("Mend the line."), values)
