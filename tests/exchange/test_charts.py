"""Charts are native, refer to the cells, show their axes, and label with their own formats."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from arusha.exchange.charts import Line, Picture, Range, bars, radar, stacked
from arusha.exchange.look import Look
from tests.exchange.reading import kept, parts

LOOK = Look(*["#14212B"] * 9)
PICTURE = Picture("A title & more", "0 Absent  ·  4 Proven", 16, 9, LOOK)


@pytest.fixture
def sheet() -> Worksheet:
    made = Workbook().active
    for row in (("one", 1.5, 2, 0.5, 0.5), ("two", None, 3, 0, 0), ("three", 4, 4, 0, 1)):
        made.append(row)
    return made


def lines(sheet: Worksheet) -> Sequence[Line]:
    fall, rise = Range(sheet, 4, 1, 3), Range(sheet, 5, 1, 3)
    return [
        Line("2024", Range(sheet, 2, 1, 3), "#0B4F5E", label_ink="#FFFFFF", fall=fall, rise=rise),
        Line("2022", Range(sheet, 3, 1, 3), "#B4CDD5", outline="#55636E", hatched=True, dashed=True),
    ]


def drawn(sheet: Worksheet, chart: object) -> str:
    sheet.add_chart(chart, "G1")
    (xml,) = parts(kept(sheet.parent), "xl/charts/").values()
    return xml.decode()


def test_bars_keep_the_order_of_the_rows_and_the_whole_axis(sheet: Worksheet) -> None:
    xml = drawn(sheet, bars(PICTURE, Range(sheet, 1, 1, 3), lines(sheet), 4.0))
    assert '<barDir val="bar" />' in xml
    assert '<orientation val="maxMin" />' in xml
    assert '<max val="4" /><min val="0" />' in xml
    assert xml.count('<delete val="0" />') == 2
    assert "<f>'Sheet'!$A$1:$A$3</f>" in xml
    assert "<f>'Sheet'!$B$1:$B$3</f>" in xml
    assert "A title &amp; more" in xml
    assert "<a:t />" not in xml


def test_an_axis_can_have_its_own_marks_and_number_formats(sheet: Worksheet) -> None:
    shares = replace(PICTURE, unit=0.25, numbers="0%", labels="0.0%")
    xml = drawn(sheet, bars(shares, Range(sheet, 1, 1, 3), lines(sheet), 1.0))
    assert '<majorUnit val="0.25" />' in xml
    assert '<numFmt formatCode="0%" sourceLinked="0" />' in xml
    assert '<numFmt formatCode="0.0%" sourceLinked="0" />' in xml


def test_a_whisker_takes_its_reach_from_cells(sheet: Worksheet) -> None:
    xml = drawn(sheet, bars(PICTURE, Range(sheet, 1, 1, 3), lines(sheet), 4.0))
    assert xml.count("<errBars>") == 1
    assert "<minus><numRef><f>'Sheet'!$D$1:$D$3</f></numRef></minus>" in xml
    assert "<plus><numRef><f>'Sheet'!$E$1:$E$3</f></numRef></plus>" in xml


def test_stacked_bars_fill_a_hundred_percent_and_do_not_label_what_is_not_there(sheet: Worksheet) -> None:
    xml = drawn(sheet, stacked(PICTURE, Range(sheet, 1, 1, 3), lines(sheet)))
    assert '<grouping val="percentStacked" />' in xml
    assert '<overlap val="100" />' in xml
    assert xml.count('<numFmt formatCode="0;;;" sourceLinked="0" />') == 2
    assert '<a:pattFill prst="wdUpDiag">' in xml


def test_a_radar_shows_its_spokes_and_tells_the_lines_apart(sheet: Worksheet) -> None:
    xml = drawn(sheet, radar(PICTURE, Range(sheet, 1, 1, 3), lines(sheet), 4.0))
    assert '<radarStyle val="marker" />' in xml
    assert xml.count('<delete val="0" />') == 2
    assert xml.count('<a:prstDash val="sysDash" />') == 1
