"""The XML of a workbook's parts as a stream of elements: nothing is built, and every excess ends it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from arusha.exchange.limits import ALL_ELEMENTS, DEEPEST, LONGEST_MARK, damaged, overgrown

Each = Callable[[list[str], Mapping[str, str]], None]
"""Called for every element with its path (the names of all it stands in, its own last) and its attributes.

A name in a namespace is written as ``namespace name``.
"""


@dataclass
class Budget:
    """How many elements may still come, in all parts of one file."""

    left: int = ALL_ELEMENTS


class Markup:
    """One part, fed piece by piece; raises ``Refused`` when it is too deep, too long or declares entities.

    Raises ``expat.ExpatError`` for what is no XML.
    """

    def __init__(self, each: Each, most: int, budget: Budget, name: str) -> None:
        self._each, self._budget, self._name = each, budget, name
        self._most, self._path = most, list[str]()
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.StartDoctypeDeclHandler = self._declared
        parser.CommentHandler = self._remark
        parser.ProcessingInstructionHandler = self._remark

    def feed(self, piece: bytes) -> None:
        """Take the next bytes."""
        self._parser.Parse(piece, False)

    def close(self) -> None:
        """Say that there are no more bytes."""
        self._parser.Parse(b"", True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._path.append(tag)
        self._most -= 1
        self._budget.left -= 1
        if self._most < 0 or self._budget.left < 0 or len(self._path) > DEEPEST:
            raise overgrown(self._name)
        if attributes:
            self._remark(*attributes.values())
        self._each(self._path, attributes)

    def _end(self, _tag: str) -> None:
        self._path.pop()

    def _remark(self, *texts: str) -> None:
        """Refuse what a parser would have to hold as one piece, and look through again and again."""
        if sum(map(len, texts)) > LONGEST_MARK:
            raise overgrown(self._name)

    def _declared(self, *_: object) -> None:
        raise damaged(self._name)
