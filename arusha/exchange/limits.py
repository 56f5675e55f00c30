"""How large a workbook from elsewhere may be, and how one that must not be opened is refused.

The limits are generous for what people write by hand, and small for a machine.
"""

from questionnaires.problems import N_, Refused, printable, refuse

LARGEST = 10_000_000  # bytes of a file
UNPACKED = 64_000_000  # bytes of all its parts
LARGEST_PART = 32_000_000  # bytes of one part
MOST_PACKED = 200  # times that a part of some size may grow when it is unpacked
SMALL = 1_000_000  # bytes; below that no one asks how tightly a part was packed
MOST_PARTS = 500
MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_CELLS = 200_000  # of one sheet, empty ones too; as many may be merged, and as many hold formulas
MOST_FILLED = 100_000  # cells of all sheets that hold something
MOST_TEXT = 10_000_000  # characters in all cells
MOST_ELEMENTS = 1_000_000  # of a sheet or of the texts of all sheets
MOST_OTHER_ELEMENTS = 100_000  # of any other part
ALL_ELEMENTS = 2_000_000  # of all parts
LONGEST_MARK = 100_000  # characters in one tag or remark of the XML
DEEPEST = 60
NO_ROOM = 3  # how the process ends that reads a workbook and has not memory enough

SAVE_AGAIN = N_("Open it in a spreadsheet program and save it as an Excel workbook (.xlsx).")
SMALLER_AREA = N_("Unmerge them, and paste formulas that fill several cells as values.")
FEWER_ROWS = N_("Delete the rows and columns that are empty.")
WITHOUT_PICTURES = N_("Keep only the sheets that are asked for, without pictures.")
FEWER_SHEETS = N_("Keep only the sheets and rows that are asked for.")


def damaged(name: str) -> Refused:
    """Return the refusal of a file that no program can read to its end."""
    return refuse(name, N_("The workbook is damaged and cannot be read."), SAVE_AGAIN)


def overgrown(name: str) -> Refused:
    """Return the refusal of a file that has more inside it than any person types."""
    return refuse(name, N_("The workbook has more parts inside it than one written by hand."), SAVE_AGAIN)


def too_far(place: str, where: str) -> Refused:
    """Return the refusal of something beyond the last row or column that is read."""
    fault = N_("Something stands at {where}, beyond row {rows} or column {columns}.")
    remedy = N_("Delete it, or the whole rows and columns beyond the table.")
    return refuse(place, fault, remedy, where=printable(where), rows=MOST_ROWS, columns=MOST_COLUMNS)


def too_large(place: str, area: str) -> Refused:
    """Return the refusal of cells that are merged or filled by one formula, and end too far out."""
    fault = N_("The cells {area} belong together and reach beyond row {rows} or column {columns}.")
    return refuse(place, fault, SMALLER_AREA, area=printable(area), rows=MOST_ROWS, columns=MOST_COLUMNS)
