"""Whether a file is a workbook that may be opened: small enough unpacked, plain, and without traps.

A few kilobytes can unpack to gigabytes, or name a cell so far out that a reader runs out of memory. So a
file is looked through as a stream before any library builds something of it, and nothing of it is kept.
Whatever begins like XML is looked through as XML, whatever the part is called.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.parsers import expat

from arusha.exchange.limits import (
    LARGEST,
    LARGEST_PART,
    MOST_ELEMENTS,
    MOST_OTHER_ELEMENTS,
    MOST_PACKED,
    MOST_PARTS,
    SAVE_AGAIN,
    SMALL,
    UNPACKED,
    WITHOUT_PICTURES,
    damaged,
)
from arusha.exchange.markup import Budget, Each, Markup
from arusha.exchange.outline import COORDINATE, Outline, column_number, title_place
from questionnaires.problems import N_, Refused, printable, refuse

__all__ = ["COORDINATE", "column_number", "is_a_workbook", "look_through"]

BOOK, RELATIONS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
LIVE_PARTS = re.compile(
    r"vbaproject|/activex|/embeddings/|/externallinks/|/querytables/|/connections\.xml|/macrosheets/"
    r"|/dialogsheets/|/ctrlprops/",
    re.IGNORECASE,
)
LIVE_KINDS = re.compile(
    r"vbaproject|macro|externallink|oleobject|activex|connections|querytable|attachedtemplate|dialogsheet"
    r"|ctrlprop|/control$|/package$",
    re.IGNORECASE,
)
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,  # of ``zipfile``, for a part that is encrypted
    ValueError,  # an encoding that is not known
    LookupError,
    expat.ExpatError,
    OSError,
)
CHUNK = 1 << 20
BEFORE_XML = b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n"


@dataclass(frozen=True)
class Book:
    """What looking through a file found: the outline of each part, by path, and the titles of its sheets."""

    outlines: Mapping[str, Outline]
    titles: tuple[str, ...]


def is_a_workbook(data: bytes, name: str) -> None:
    """Raise ``Refused`` for a file that is too large or no archive; the rest takes looking through."""
    if len(data) > LARGEST:
        fault = N_("The file is larger than {largest} bytes.")
        raise refuse(name, fault, WITHOUT_PICTURES, largest=LARGEST)
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise _no_archive(name)


def look_through(data: bytes, name: str) -> Book:
    """Return what a file holds without opening it; raise ``Refused`` for one that must not be opened."""
    is_a_workbook(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _archive(archive, name)
    except UNREADABLE as error:
        raise damaged(name) from error


def _no_archive(name: str) -> Refused:
    fault = N_("This is not an Excel workbook, or it is protected by a password.")
    return refuse(name, fault, SAVE_AGAIN)


def _archive(archive: zipfile.ZipFile, name: str) -> Book:
    infos = archive.infolist()
    _names(infos, name)
    if BOOK not in archive.NameToInfo:
        raise refuse(name, N_("This is not an Excel workbook."), SAVE_AGAIN)
    parts = _Parts(archive, name)
    titles = _titles(parts)
    outlines = {}
    for info in infos:
        kinds = _live_kinds(name) if info.filename == TYPES or info.filename.endswith(".rels") else None
        outline = Outline(name, title_place(name, titles.get(info.filename, "")))
        if parts.stream(info, kinds or outline.hear):
            outlines[info.filename] = outline
    return Book(outlines, tuple(titles.values()))


def _names(infos: list[zipfile.ZipInfo], name: str) -> None:
    names = [info.filename for info in infos]
    if len(names) > MOST_PARTS or len(set(names)) < len(names):
        raise damaged(name)
    if any(".." in PurePosixPath(one).parts or one.startswith("/") or "\\" in one for one in names):
        raise damaged(name)
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
        raise damaged(name)
    if any(info.flag_bits & 1 for info in infos):
        raise _no_archive(name)
    if live := next((one for one in names if LIVE_PARTS.search(f"/{one}")), ""):
        raise _live(name, live)


def _live(name: str, part: str) -> Refused:
    fault = N_("The workbook holds macros, embedded files or links to other files: {part}.")
    remedy = N_("Copy only its cells into a workbook that the program wrote.")
    return refuse(name, fault, remedy, part=printable(part))


def _live_kinds(name: str) -> Each:
    """Return what listens to the table of contents: a live part is told by its kind, however it is called."""

    def hear(_path: list[str], attributes: Mapping[str, str]) -> None:
        if LIVE_KINDS.search(attributes.get("ContentType", "")) or LIVE_KINDS.search(
            attributes.get("Type", "")
        ):
            raise _live(
                name,
                attributes.get("PartName") or attributes.get("Target") or attributes.get("Extension", "?"),
            )

    return hear


def _titles(parts: "_Parts") -> dict[str, str]:
    """Return path of the part -> title of the sheet, in the order of the sheets."""
    paths: dict[str, str] = {}
    titles: dict[str, str] = {}

    def relation(_path: list[str], attributes: Mapping[str, str]) -> None:
        target = attributes.get("Target", "")
        paths[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    def sheet(path: list[str], attributes: Mapping[str, str]) -> None:
        if _bare(path[-1]) == "sheet":
            key = next((value for key, value in attributes.items() if _bare(key) == "id"), "")
            at = paths.get(key, f"?{len(titles)}")
            titles[f"{at}?{len(titles)}" if at in titles else at] = attributes.get("name", "")

    infos = parts.archive.NameToInfo
    for path, each in ((RELATIONS, relation), (BOOK, sheet)):
        if path in infos:
            parts.peek(infos[path], each)
    return titles


class _Parts:
    """The parts of an archive, unpacked as a stream; counts what really comes and not what the file says."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive, self._name = archive, name
        self._budget, self._room = Budget(), UNPACKED

    def peek(self, info: zipfile.ZipInfo, each: Each) -> None:
        """Look through a part out of turn."""
        room = self._room
        self.stream(info, each)
        self._room = room

    def stream(self, info: zipfile.ZipInfo, each: Each) -> bool:
        """Look through one part; return whether it is XML."""
        markup = None
        for number, piece in enumerate(self._pieces(info)):
            if number == 0 and _begins_as_xml(info.filename, piece):
                is_long = info.filename.startswith(("xl/worksheets/", "xl/sharedStrings"))
                markup = Markup(
                    each, MOST_ELEMENTS if is_long else MOST_OTHER_ELEMENTS, self._budget, self._name
                )
            if markup:
                markup.feed(piece)
        if markup:
            markup.close()
        return markup is not None

    def _pieces(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        found = 0
        with self.archive.open(info) as source:
            while piece := source.read(CHUNK):
                found += len(piece)
                self._count(info, len(piece), found)
                yield piece
        if not found:
            yield b""

    def _count(self, info: zipfile.ZipInfo, more: int, found: int) -> None:
        self._room -= more
        if self._room < 0 or found > LARGEST_PART:
            most = UNPACKED if self._room < 0 else LARGEST_PART
            fault = N_("Unpacked, the workbook or a part of it is larger than {largest} bytes.")
            raise refuse(self._name, fault, WITHOUT_PICTURES, largest=most)
        if found > SMALL and found > MOST_PACKED * info.compress_size:
            fault = N_("A part of the workbook is packed more than {most} times: {part}.")
            part = printable(info.filename)
            raise refuse(self._name, fault, SAVE_AGAIN, most=MOST_PACKED, part=part)


def _begins_as_xml(path: str, piece: bytes) -> bool:
    return path.endswith((".xml", ".rels", ".vml")) or piece.lstrip(BEFORE_XML).startswith(b"<")


def _bare(name: str) -> str:
    return name.rpartition(" ")[2]
