"""A plain table that every reader and every screen reader can use."""

from collections.abc import Sequence

from arusha.ui.parts.markup import show, tag, text


def table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    caption: str = "",
    links: bool = False,
    stacked: bool = False,
) -> None:
    """Show rows under heads; cells are text, or markup made by the parts when ``links`` is set.

    ``stacked`` is for long sentences: on a narrow screen each row becomes lines, every cell after its head.
    """
    shown = (lambda cell: cell) if links else text
    head = tag("thead", tag("tr", "".join(tag("th", text(h), scope="col") for h in heads)))
    lines = [
        "".join(tag("td", shown(cell), data_head=head) for head, cell in zip(heads, row, strict=True))
        if stacked
        else "".join(tag("td", shown(cell)) for cell in row)
        for row in rows
    ]
    body = tag("tbody", "".join(tag("tr", line) for line in lines))
    said = tag("caption", text(caption)) if caption else ""
    show(tag("div", tag("table", said + head + body), class_="table stacked" if stacked else "table"))
