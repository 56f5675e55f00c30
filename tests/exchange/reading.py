"""Workbooks as tests read them: through openpyxl, and as the XML that is really in the file."""

import io
import re
import zipfile

from openpyxl import Workbook, load_workbook

FORMULA = re.compile(rb"<(\w+:)?f[ >/]")
CONTROL_OR_IMPOSSIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def kept(book: Workbook) -> bytes:
    """Return the bytes of a workbook."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def opened(data: bytes) -> Workbook:
    """Return a workbook read from bytes."""
    return load_workbook(io.BytesIO(data))


def parts(data: bytes, folder: str) -> dict[str, bytes]:
    """Return path -> content of the XML files in a folder of the archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith(folder) and name.endswith(".xml")]
        return {name: archive.read(name) for name in names}


def formulas(data: bytes) -> list[str]:
    """Return the sheets that hold a formula."""
    return [name for name, xml in parts(data, "xl/worksheets/").items() if FORMULA.search(xml)]
