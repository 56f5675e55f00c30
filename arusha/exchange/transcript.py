"""What one process tells another of a workbook: its sheets, or why it is refused, as lines of plain JSON.

Nothing that runs is ever told, and whoever listens believes no line that has not the shape it must have.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from arusha.exchange.found import Found, Kind, Page, page
from questionnaires.problems import Problem, Refused

END = b'"end"\n'
VALUES: dict[Kind, tuple[type, ...]] = {
    Kind.TEXT: (str,),
    Kind.NUMBER: (int, float),
    Kind.TRUTH: (bool,),
    Kind.DATE: (str, type(None)),
    Kind.FORMULA: (type(None),),
    Kind.ERROR: (type(None),),
}


def of_pages(pages: Mapping[str, Page]) -> Iterator[bytes]:
    """Yield one line for each sheet, and one that says it is the last."""
    for one in pages.values():
        cells = [[*place, found.kind.value, found.value] for place, found in one.cells.items()]
        yield _line({"name": one.name, "cells": cells, "merged": one.merged})
    yield END


def of_refusal(refused: Refused) -> Iterator[bytes]:
    """Yield the line of a refusal, and the last."""
    told = [[one.place, one.fault, one.remedy, dict(one.values)] for one in refused.problems]
    yield _line({"refused": told})
    yield END


def _line(value: object) -> bytes:
    said = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return said.encode(errors="surrogatepass") + b"\n"  # the name of a file may be no text


def is_whole(told: bytes) -> bool:
    """Return whether the last line is there."""
    return told.endswith(END)


def taken(lines: Iterable[bytes]) -> dict[str, Page]:
    """Return the sheets that were told; raise ``Refused`` when that was told.

    Anything else raises ``ValueError`` or what comes of a wrong shape.
    """
    pages = {}
    for line in lines:
        if line != END:
            said = json.loads(line)
            if "refused" in said:
                raise Refused(_problem(*one) for one in said["refused"])
            pages[_text(said["name"])] = _page(said)
    return pages


def _page(said: Mapping[str, Any]) -> Page:
    cells = {
        (_number(row), _number(column)): _found(kind, value) for row, column, kind, value in said["cells"]
    }
    return page(said["name"], cells, tuple(_text(area) for area in said["merged"]))


def _found(named: str, value: Any) -> Found:
    kind = Kind(named)
    if type(value) not in VALUES[kind]:
        raise ValueError(named)
    return Found(kind, value)


def _problem(place: str, fault: str, remedy: str, values: Mapping[str, str | int]) -> Problem:
    if not all(type(value) in (str, int) for value in values.values()):
        raise ValueError(fault)
    return Problem(_text(place), _text(fault), _text(remedy), dict(values))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return value


def _number(value: object) -> int:
    if type(value) is not int:
        raise ValueError(value)
    return value
