"""How long exporting a large plan takes, as a multiple of a bare openpyxl write of the same cells.

Run with ``python -m tests.benchmarks.plans``. The bare write puts the same values into the same cells, with
no style, no width and no chart. The two are timed in turn, so that a busy machine slows both. Each export is
of a plan that was just made, so that everything it says has to be worked out anew.
"""

import gc
import io
from datetime import datetime
from statistics import median
from time import perf_counter
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import to_excel

from arusha.i18n import translator
from arusha.plans import workbook
from tests.plans.generated import EDITION, TODAY, large

MEASURES, INDICATORS, QUARTERS = 300, 150, 28
TURNS, BUDGET = 9, 1.5
T = translator("en")

Rows = list[list[Any]]


def exported() -> tuple[float, bytes]:
    """Return the seconds that an export of the large plan takes, and the workbook."""
    plan = large(MEASURES, INDICATORS, QUARTERS)
    gc.collect()
    began = perf_counter()
    data = workbook.write(T, plan, TODAY, EDITION, {})
    return perf_counter() - began, data


def values_of(data: bytes) -> dict[str, Rows]:
    """Return what stands in the cells of each sheet; days are the numbers that a spreadsheet keeps."""
    book = load_workbook(io.BytesIO(data))
    return {sheet.title: [[_plain(v) for v in row] for row in sheet.values] for sheet in book.worksheets}


def _plain(value: Any) -> Any:
    return to_excel(value) if isinstance(value, datetime) else value


def written_bare(sheets: dict[str, Rows]) -> float:
    """Return the seconds that openpyxl takes to write the values alone."""
    gc.collect()
    began = perf_counter()
    book = Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(io.BytesIO())
    return perf_counter() - began


def main() -> None:
    """Print the median ratio of the two."""
    sheets = values_of(exported()[1])
    cells = sum(value is not None for rows in sheets.values() for row in rows for value in row)
    exports, floors = [], []
    for _ in range(TURNS):
        floors.append(written_bare(sheets))
        exports.append(exported()[0])
    ratios = [export / floor for export, floor in zip(exports, floors, strict=True)]
    print(
        f"plan of {MEASURES} measures and {INDICATORS} indicators x {QUARTERS} quarters, {cells} cells: "
        f"export {median(exports) * 1e3:.0f} ms, bare write {median(floors) * 1e3:.0f} ms, "
        f"median ratio {median(ratios):.2f}, budget {BUDGET}"
    )


if __name__ == "__main__":
    main()
