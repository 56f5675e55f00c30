"""Lists in one cell: names with commas between; a name with a comma in it stands in quotation marks."""

import re
from collections.abc import Iterable

NAME = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*|([^",]*))(,|\Z)')
SPECIAL = ("\n", "\r", '"', ",")


def joined(names: Iterable[str]) -> str:
    """Return the names as one text, which ``split`` takes apart again."""
    return ", ".join(_quoted(name) for name in names)


def split(text: str) -> tuple[str, ...] | None:
    """Return the names of a list; None when a name or a quotation mark is missing."""
    if not text.strip():
        return ()
    names, end, comma = [], 0, ","
    while comma:
        found = NAME.match(text, end)
        if found is None:
            return None
        name, end, comma = _name(found), found.end(), found[3]
        names.append(name)
    return tuple(names) if all(names) else None


def _name(found: re.Match[str]) -> str:
    in_marks: str | None = found[1]
    return in_marks.replace('""', '"') if in_marks is not None else found[2].strip()


def _quoted(name: str) -> str:
    if name == name.strip() and not any(sign in name for sign in SPECIAL):
        return name
    return '"' + name.replace('"', '""') + '"'
