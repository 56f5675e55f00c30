"""A table of indicators: name, figures, a small chart and a reading, light enough for hundreds."""

from collections.abc import Sequence
from dataclasses import dataclass

from arusha.ui.components.sources import register
from arusha.ui.parts.paths import BESIDE, HIGH, WIDE, SmallPath, lines

_mount = register("indicators", styled_by_page=True)


@dataclass(frozen=True)
class Shown:
    """One row, every text as the reader is to see it.

    ``figures`` are pairs of a value and when it is of, the newest last; ``kind`` is the standing that
    ``word`` names, by which it is coloured.
    """

    name: str
    about: str
    link: str
    figures: Sequence[tuple[str, str]]
    path: SmallPath
    kind: str
    word: str
    said: str


def indicators(heads: Sequence[str], rows: Sequence[Shown], key: str) -> None:
    """Show rows under heads: of the name, of each figure, of the chart, of the reading."""
    data = {"heads": list(heads), "rows": [_row(row) for row in rows]}
    _mount(key=key, data=data)


def _row(row: Shown) -> dict[str, object]:
    path = row.path
    drawn = {"lines": lines(path), "size": [WIDE, HIGH, BESIDE], "first": path.first, "last": path.last}
    return {
        "name": row.name,
        "about": row.about,
        "link": row.link,
        "figures": [list(pair) for pair in row.figures],
        "drawn": drawn,
        "alt": path.said,
        "kind": row.kind,
        "word": row.word,
        "said": row.said,
    }
