"""A plain table that every reader and every screen reader can use."""

from collections.abc import Sequence

from arusha.ui.parts.markup import show, tag, text


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, caption: str = "", links: bool = False
) -> None:
    """Show rows under heads; cells are text, or markup made by the parts when ``links`` is set."""
    shown = (lambda cell: cell) if links else text
    head = tag("thead", tag("tr", "".join(tag("th", text(h), scope="col") for h in heads)))
    body = tag("tbody", "".join(tag("tr", "".join(tag("td", shown(c)) for c in row)) for row in rows))
    said = tag("caption", text(caption)) if caption else ""
    show(tag("div", tag("table", said + head + body), class_="table"))
