"""Whether a file is a workbook that may be opened: small enough unpacked, plain, and without traps.

A few kilobytes can unpack to gigabytes, or name a cell so far out that a reader runs out of memory. So a
file is looked through as a stream before any library builds something of it. The limits are generous
for what people write by hand.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from xml.parsers import expat

from questionnaires.problems import N_, Refused, printable, refuse

LARGEST = 10_000_000  # bytes of a file
UNPACKED = 64_000_000  # bytes of all its parts
MOST_PARTS = 500
MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_CELLS = 200_000
MOST_ELEMENTS = 1_000_000  # of a sheet or of the texts of all sheets
MOST_OTHER_ELEMENTS = 100_000  # of any other part
DEEPEST = 60
LIVE_PARTS = re.compile(
    r"vbaproject|/activex|/embeddings/|/externallinks/|/querytables/|/connections\.xml|/macrosheets/|/ctrlprops/",
    re.IGNORECASE,
)
COORDINATE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, expat.ExpatError, OSError)
SAVE_AGAIN = N_("Open it in a spreadsheet program and save it as an Excel workbook (.xlsx).")
CHUNK = 1 << 16

Merged = dict[str, list[str]]


@dataclass
class Seen:
    """What looking through a sheet found: how many cells, and which are merged."""

    cells: int = 0
    merged: list[str] = field(default_factory=list)


def look_through(data: bytes, name: str) -> Merged:
    """Return the merged ranges of each sheet; raise ``Refused`` for a file that must not be opened."""
    if len(data) > LARGEST:
        fault = N_("The file is larger than {largest} bytes.")
        raise refuse(name, fault, N_("Keep only the questionnaire in it, without pictures."), largest=LARGEST)
    if not zipfile.is_zipfile(io.BytesIO(data)):
        fault = N_("This is not an Excel workbook, or it is protected by a password.")
        raise refuse(name, fault, SAVE_AGAIN)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _archive(archive, name)
    except UNREADABLE as error:
        raise damaged(name) from error


def damaged(name: str) -> Refused:
    """Return the refusal of a file that no program can read to its end."""
    return refuse(name, N_("The workbook is damaged and cannot be read."), SAVE_AGAIN)


def _archive(archive: zipfile.ZipFile, name: str) -> Merged:
    infos = archive.infolist()
    _names(infos, name)
    parts = _unpacked(archive, infos, name)
    if "xl/workbook.xml" not in parts:
        raise refuse(name, N_("This is not an Excel workbook."), SAVE_AGAIN)
    sheets = _sheets(parts, name)
    merged: Merged = {}
    for path, content in parts.items():
        if path.endswith((".xml", ".rels", ".vml")):
            merged[sheets.get(path, path)] = _part(content, path, sheets.get(path, ""), name).merged
    return {title: merged.get(title, []) for title in sheets.values()}


def _names(infos: list[zipfile.ZipInfo], name: str) -> None:
    names = [info.filename for info in infos]
    if len(names) > MOST_PARTS or len(set(names)) < len(names):
        raise damaged(name)
    if any(".." in PurePosixPath(one).parts or one.startswith("/") for one in names):
        raise damaged(name)
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
        raise damaged(name)
    if any(info.flag_bits & 1 for info in infos):
        fault = N_("This is not an Excel workbook, or it is protected by a password.")
        raise refuse(name, fault, SAVE_AGAIN)
    if live := next((one for one in names if LIVE_PARTS.search(f"/{one}")), ""):
        fault = N_("The workbook holds macros, embedded files or links to other files: {part}.")
        remedy = N_("Copy only its cells into a workbook that the program wrote.")
        raise refuse(name, fault, remedy, part=printable(live))


def _unpacked(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], name: str) -> dict[str, bytes]:
    """Return the parts that are text, counting what is really unpacked and not what the file says."""
    parts, room = {}, UNPACKED
    for info in infos:
        with archive.open(info) as source:
            content = source.read(room + 1)
        room -= len(content)
        if room < 0:
            fault = N_("Unpacked, the workbook is larger than {largest} bytes.")
            raise refuse(name, fault, N_("Keep only the questionnaire in it."), largest=UNPACKED)
        parts[info.filename] = content
    return parts


def _sheets(parts: Mapping[str, bytes], name: str) -> dict[str, str]:
    """Return path of the part -> title of the sheet."""
    paths: dict[str, str] = {}
    titles: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and "Id" in attributes:
            target = attributes.get("Target", "")
            paths[attributes["Id"]] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            key = next((value for key, value in attributes.items() if _bare(key) == "id"), "")
            titles[paths.get(key, "")] = attributes.get("name", "")

    _parse(parts.get("xl/_rels/workbook.xml.rels", b"<x/>"), relation, MOST_OTHER_ELEMENTS, name)
    _parse(parts["xl/workbook.xml"], sheet, MOST_OTHER_ELEMENTS, name)
    return titles


def _part(content: bytes, path: str, title: str, name: str) -> Seen:
    seen = Seen()
    is_long = path.startswith(("xl/worksheets/", "xl/sharedStrings"))
    place = f"{name} · {printable(title)}" if title else name

    def element(tag: str, attributes: dict[str, str]) -> None:
        if title:
            _cell(tag, attributes, seen, place)

    _parse(content, element, MOST_ELEMENTS if is_long else MOST_OTHER_ELEMENTS, name)
    return seen


def _cell(tag: str, attributes: Mapping[str, str], seen: Seen, place: str) -> None:
    match tag:
        case "row":
            if "r" in attributes and not _is_row(attributes["r"]):
                raise _too_far(place, attributes["r"])
        case "c":
            seen.cells += 1
            if "r" in attributes and not _is_near(attributes["r"]):
                raise _too_far(place, attributes["r"])
            if seen.cells > MOST_CELLS:
                fault = N_("The sheet has more than {most} cells.")
                raise refuse(place, fault, N_("Delete the rows and columns that are empty."), most=MOST_CELLS)
        case "mergeCell":
            seen.merged.append(attributes.get("ref", ""))


def _is_row(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 7 and 1 <= int(text) <= MOST_ROWS


def _is_near(coordinate: str) -> bool:
    found = COORDINATE.fullmatch(coordinate)
    return found is not None and column_number(found[1]) <= MOST_COLUMNS and _is_row(found[2])


def column_number(letters: str) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _too_far(place: str, where: str) -> Refused:
    fault = N_("Something stands at {where}, beyond row {rows} or column {columns}.")
    remedy = N_("Delete it, or the whole rows and columns beyond the table.")
    values: dict[str, object] = {"where": printable(where), "rows": MOST_ROWS, "columns": MOST_COLUMNS}
    return refuse(place, fault, remedy, **values)


def _parse(content: bytes, each: Callable[[str, dict[str, str]], None], most: int, name: str) -> None:
    """Call ``each`` for every element; a file that declares entities, is too deep or too long is refused."""
    parser = expat.ParserCreate()
    counts = _Counts(most, name)

    def start(tag: str, attributes: dict[str, str]) -> None:
        counts.down()
        each(_bare(tag), attributes)

    def declared(*_: object) -> None:
        raise damaged(name)

    parser.StartElementHandler, parser.EndElementHandler = start, counts.up
    parser.StartDoctypeDeclHandler = declared
    for chunk in _chunks(content):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


@dataclass
class _Counts:
    most: int
    name: str
    depth: int = 0
    found: int = 0

    def down(self) -> None:
        self.depth, self.found = self.depth + 1, self.found + 1
        if self.depth > DEEPEST or self.found > self.most:
            fault = N_("The workbook has more parts inside it than one written by hand.")
            raise refuse(self.name, fault, SAVE_AGAIN)

    def up(self, _tag: str) -> None:
        self.depth -= 1


def _chunks(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), CHUNK):
        yield content[start : start + CHUNK]


def _bare(tag: str) -> str:
    return tag.rpartition(":")[2]
