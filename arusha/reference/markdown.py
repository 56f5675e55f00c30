"""Markdown that shows every text as it was written: no text becomes a link, a heading or a tag."""

import re
from collections.abc import Iterable, Sequence

SPECIAL = re.compile(r"([\\`*_\[\]<>&|~$])")
EMOJI = re.compile(r":(?=[\w+-]+:)")
ADDRESS = re.compile(r"(?i)(?<=http|ttps)://|(?<=ftp)://|(?<=www)\.|@")
BLOCK = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([#+=:-])")


def inline(text: object) -> str:
    """Return text as Markdown that shows it, on one line."""
    line = " ".join(str(text).split())
    line = SPECIAL.sub(r"\\\1", line)
    line = EMOJI.sub("&#58;", line)
    line = ADDRESS.sub(lambda found: "".join(f"&#{ord(sign)};" for sign in found.group()), line)
    return BLOCK.sub(lambda found: rf"{found[1]}\{found[2]}" if found[1] else rf"\{found[3]}", line)


def code(name: str) -> str:
    """Return an id as code; ids have no sign that would end it."""
    return f"`{name}`"


def strong(text: object) -> str:
    """Return text that stands out."""
    return f"**{inline(text)}**"


def heading(level: int, text: object, anchor: str = "") -> str:
    """Return a heading, with an anchor that does not change with the language."""
    mark = f'<a id="{anchor}"></a>\n\n' if anchor else ""
    return f"{mark}{'#' * level} {inline(text)}"


def link(text: object, anchor: str) -> str:
    """Return a link to an anchor of the same document."""
    return f"[{inline(text)}](#{anchor})"


def bullets(lines: Iterable[str], depth: int = 0) -> str:
    """Return a list of lines that are Markdown already."""
    return "\n".join(f"{'  ' * depth}- {line}" for line in lines)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table whose cells are Markdown already."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
