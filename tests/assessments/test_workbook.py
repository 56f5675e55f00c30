"""The workbook of a profile holds every number exactly, every text as it was given, and no formula."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from arusha.access.rules import LOCAL
from arusha.assessments import frames, sample, service
from arusha.assessments.asking import Asked
from arusha.assessments.comparing import Exported
from arusha.assessments.rules import Round
from arusha.assessments.views import Seen
from arusha.assessments.workbook import write
from arusha.exchange.cells import text_of
from arusha.i18n import translator
from arusha.members.reference import Region
from arusha.members.rules import Administration
from arusha.store import Store, open_store
from questionnaires import loading
from scoring.answers import Answer
from scoring.profile import as_json, score, shown
from tests.exchange.reading import formulas, opened, parts

T = translator("en")
AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
EXACT = ("Value 0–1", "Lowest 0–1", "Highest 0–1")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return a store with the rounds of two fictional administrations, one of them still open."""
    opened_store = open_store(f"sqlite:///{tmp_path_factory.mktemp('workbook') / 'sample.sqlite'}")
    for one in sample.read():
        if one.administration in ("XF", "XM"):
            service.enter_rounds(LOCAL, opened_store, [one])
    yield opened_store
    opened_store.close()


def exported(store: Store, administration: str, year: int) -> Exported:
    rounds = service.rounds(LOCAL, store)
    found = next(r for r in rounds if (r.administration, r.year) == (administration, year))
    return service.exported(LOCAL, store, found.id)


def with_answers(answers: dict[str, Answer], edition: str = "arusha_2026", code: str = "KE") -> Exported:
    """Return an unsigned round of a real administration, without a store."""
    round_ = Round("ke2026-test", code, edition, 2026, "whole", "open", 1, AT, AT)
    asked = Asked(loading.edition(edition), loading.edition(edition))
    seen = Seen(round_, score(asked.edition, answers), answers, None, asked)
    return Exported(Administration(code, Region.EAST_SOUTHERN_AFRICA), seen, None)


def read(what: Exported) -> dict[str, Worksheet]:
    book = opened(write(T, what))
    return {sheet.title: sheet for sheet in book.worksheets}


def texts(sheet: Worksheet) -> list[str]:
    return [text_of(c.value) for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]


def table(sheet: Worksheet, heading: str) -> list[dict[str, Any]]:
    """Return the rows below the row of headings that begins with ``heading``, down to the first empty one."""
    start = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == heading)
    heads = [cell.value for cell in sheet[start]]
    rows = []
    for row in sheet.iter_rows(min_row=start + 1):
        if row[0].value is None:
            break
        rows.append({head: cell.value for head, cell in zip(heads, row, strict=True) if head is not None})
    return rows


def overall(sheet: Worksheet) -> dict[str, Any]:
    """Return the overall row, which stands apart below the factors."""
    start = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "No.")
    below = next(
        row for row in range(start, sheet.max_row) if sheet.cell(row, 2).value == "Overall, a convenience"
    )
    assert sheet.cell(below - 1, 2).value is None
    return {sheet.cell(start, n).value: sheet.cell(below, n).value for n in range(1, sheet.max_column + 1)}


@pytest.mark.parametrize(("administration", "year"), [("XF", 2018), ("XF", 2023), ("XM", 2026)])
def test_the_summary_holds_every_number_of_the_profile_exactly(
    filled: Store, administration: str, year: int
) -> None:
    what = exported(filled, administration, year)
    summary = read(what)["Summary"]
    expected = as_json(what.seen.profile)
    found = table(summary, "No.")
    assert len(found) == len(expected["factors"])
    for row, factor in zip(found, expected["factors"], strict=True):
        assert [row[name] for name in EXACT] == [factor["value"], factor["low"], factor["high"]]
        assert row["Answered, by weight"] == factor["coverage"]
        assert (row["Practices answered"], row["Practices applicable"]) == (
            factor["answered"],
            factor["applicable"],
        )
        assert row["Level"] == factor["level"]
        assert row["Value"] == (None if factor["value"] is None else float(shown(factor["value"], 5) or 0))
    whole = overall(summary)
    assert [whole[name] for name in EXACT] == [expected["overall"][name] for name in ("value", "low", "high")]
    assert whole["Answered, by weight"] == expected["overall"]["coverage"]


@pytest.mark.parametrize(("administration", "year"), [("XF", 2018), ("XM", 2026)])
def test_the_computation_leads_from_practices_to_the_same_numbers(
    filled: Store, administration: str, year: int
) -> None:
    what = exported(filled, administration, year)
    rows = [[cell.value for cell in row] for row in read(what)["Computation"].iter_rows()]
    traces = {trace.id: trace for factor in what.seen.profile.factors for trace in factor.practices}
    said = {row[0]: row for row in rows if row[0] in traces}
    assert set(said) == set(traces)
    for practice, trace in traces.items():
        assert said[practice][5:10] == [trace.number, trace.weight, trace.value, trace.low, trace.high]
        assert said[practice][13] == ("yes" if trace.value is not None else "no")
        assert bool(said[practice][14]) == (trace.value is None)
    answered = [row for row in rows if row[0] == "Sum over the answered practices"]
    applicable = [row for row in rows if row[0] == "Sum over the applicable practices"]
    levels = [row[5] for row in rows if row[0] == "Level"]
    results = [row[7:10] for row in rows if row[0] == "Value, lowest, highest"]
    for number, factor in enumerate(what.seen.profile.factors):
        assert results[number] == [factor.value, factor.low, factor.high]
        assert levels[number] == factor.level
        if factor.value is not None:
            assert answered[number][10] / answered[number][6] == factor.value
        if factor.low is not None and factor.high is not None:
            sums = applicable[number]
            assert (sums[11] / sums[6], sums[12] / sums[6]) == (factor.low, factor.high)
    whole = what.seen.profile.overall
    assert results[-1] == [whole.value, whole.low, whole.high]


def test_what_was_left_out_says_why(filled: Store) -> None:
    what = exported(filled, "XF", 2018)
    out = [t for f in what.seen.profile.factors for t in f.practices if t.state == "not_applicable"]
    assert out
    sheet = read(what)["Computation"]
    why = {row[0].value: text_of(row[14].value) for row in sheet.iter_rows()}
    assert all(why[trace.id] == f"Not applicable: in none of the sums.\n{trace.reason}" for trace in out)


def test_no_sheet_holds_a_formula_and_the_charts_are_native(filled: Store) -> None:
    data = write(T, exported(filled, "XF", 2023))
    assert formulas(data) == []
    charts = parts(data, "xl/charts/")
    assert len(charts) == 3
    kinds = [b"<radarChart>" in xml for xml in charts.values()]
    assert kinds.count(True) == 1
    assert sum(b"percentStacked" in xml for xml in charts.values()) == 1


def test_every_answer_is_on_the_sheet_of_its_factor(filled: Store) -> None:
    what = exported(filled, "XM", 2026)
    sheets = read(what)
    words = what.seen.questionnaire.words("en")
    assert list(sheets)[1:3] == ["1 Leadership", "2 Regulatory"]
    for sheet, factor in zip(list(sheets.values())[1:-1], what.seen.profile.factors, strict=True):
        rows = {row["Id"]: row for row in table(sheet, "Practice")}
        assert list(rows) == [trace.id for trace in factor.practices]
        for trace in factor.practices:
            answer, row = what.seen.answers.get(trace.id, Answer(trace.id)), rows[trace.id]
            assert text_of(row["Practice"]) == words.practices[trace.id].question
            assert (text_of(row["Reason"]), text_of(row["Note"])) == (answer.reason, answer.note)
            meaning = words.practices[trace.id].steps[trace.step] if trace.step else ""
            assert text_of(row["What the step means"]) == meaning


CHANGE = "Change, same practices"


def changes(what: Exported) -> list[float | None]:
    """Return how far each factor moved on its axis, over the practices that are the same."""
    assert what.before is not None
    moved = {move.factor: move.change for move in frames.moves(what.before.linked(what.seen))}
    found = [moved.get(factor.id) for factor in what.seen.profile.factors]
    return [None if one is None else (1 if one > 0 else -1) * float(shown(abs(one), 5) or 0) for one in found]


def test_the_round_before_stands_beside_this_one(filled: Store) -> None:
    what = exported(filled, "XF", 2023)
    assert what.before is not None
    past = {factor.id: factor.value for factor in what.before.profile.factors}
    rows = table(read(what)["Summary"], "No.")
    for row, factor in zip(rows, what.seen.profile.factors, strict=True):
        assert row["Value 2021"] == float(shown(past[factor.id], 5) or 0)
    assert [row[CHANGE] for row in rows] == changes(what)
    assert any(row[CHANGE] for row in rows)
    charts = parts(write(T, what), "xl/charts/").values()
    assert sum(xml.count(b"<v>2021</v>") for xml in charts) == 2


def test_of_a_round_before_in_another_form_only_the_same_practices_are_compared(filled: Store) -> None:
    what = exported(filled, "XM", 2026)
    assert what.before is not None
    assert (what.before.round.form, what.seen.round.form) == ("short", "whole")
    rows = table(read(what)["Summary"], "No.")
    assert "Value 2024" not in rows[0]
    assert [row[CHANGE] for row in rows] == changes(what)
    assert any(row[CHANGE] for row in rows)
    assert not any(b"<v>2024</v>" in xml for xml in parts(write(T, what), "xl/charts/").values())


def test_the_first_round_has_no_column_for_another(filled: Store) -> None:
    what = exported(filled, "XF", 2018)
    assert what.before is None
    rows = table(read(what)["Summary"], "No.")
    assert "Change, same practices" not in rows[0]
    assert len(parts(write(T, what), "xl/charts/")) == 3


def test_a_signed_round_shows_who_signed_what(filled: Store) -> None:
    what = exported(filled, "XF", 2023)
    signature = what.seen.signature
    assert signature is not None
    said = texts(read(what)["Summary"])
    assert signature.content_hash in said
    day = T.date(signature.signed_at)
    assert f"Signed off by {signature.signed_by} on {day}, revision 1." in said


def test_an_open_round_says_so_and_draws_what_could_still_become(filled: Store) -> None:
    what = exported(filled, "XM", 2026)
    assert any(line.startswith("Not signed off: ") for line in texts(read(what)["Summary"]))
    charts = parts(write(T, what), "xl/charts/").values()
    assert sum(b"<errBars>" in xml for xml in charts) == 1


def test_fiction_is_marked_on_every_sheet_and_reality_on_none(filled: Store) -> None:
    sheets = read(exported(filled, "XF", 2023))
    assert all(any(line.startswith("Fictional sample: ") for line in texts(s)) for s in sheets.values())
    assert all(sheet.oddFooter.center.text == "Fictional sample" for sheet in sheets.values())
    real = read(with_answers({}))
    assert not any("ictional" in line for sheet in real.values() for line in texts(sheet))


def test_an_empty_round_is_whole_without_charts() -> None:
    data = write(T, with_answers({}))
    assert formulas(data) == []
    assert parts(data, "xl/charts/") == {}
    sheets = {sheet.title: sheet for sheet in opened(data).worksheets}
    rows = table(sheets["Summary"], "No.")
    assert [row["Value"] for row in rows] == [None] * 10
    assert [row["Highest 0–1"] for row in rows] == [1.0] * 10
    assert "No practice is answered yet. The profile appears with the first answer." in texts(
        sheets["Summary"]
    )


@pytest.mark.parametrize(
    "note", ['=HYPERLINK("http://x")', "+1", "-1 post", "@all", "＝1", "a\r\nb", "_x0041_"]
)
def test_a_hostile_note_is_a_note(note: str) -> None:
    answers = {"leadership.example": Answer("leadership.example", "partly", note=note, reason=note)}
    what = with_answers(answers)
    assert formulas(write(T, what)) == []
    row = next(r for r in table(read(what)["1 Leadership"], "Practice") if r["Id"] == "leadership.example")
    assert (text_of(row["Note"]), text_of(row["Reason"])) == (note, note)


def test_the_longest_note_is_whole() -> None:
    note = "🙂" * 20_000
    what = with_answers({"leadership.example": Answer("leadership.example", "partly", note=note)})
    column = next(c for c in read(what)["1 Leadership"].columns if any(cell.value == "Note" for cell in c))
    assert "".join(text_of(cell.value) for cell in column if cell.value not in (None, "Note")) == note


STRUCTURE = """
id = "foreign"
default_language = "fr"
[scales.often]
steps = [{ id = "never", value = 0.0 }, { id = "mostly", value = 0.8 }, { id = "always", value = 1.0 }]
[scales.yes_no]
steps = [{ id = "no", value = 0.0 }, { id = "yes", value = 1.0 }]
[[factors]]
id = "care"
number = 7
  [[factors.practices]]
  id = "care.lock"
  scale = "often"
  weight = 0.1
  [[factors.practices]]
  id = "care.list"
  scale = "often"
  weight = 0.2
  key = true
  [[factors.practices]]
  id = "care.key"
  scale = "yes_no"
"""
TEXT = """
title = "=Un questionnaire"
[scales.often]
never = "Jamais"
mostly = "Souvent"
always = "Toujours"
[scales.yes_no]
no = "Non"
yes = "Oui"
[factors.care]
name = "Soins: l'essentiel / [tout] le reste, et encore"
[practices."care.lock"]
question = "@Fermé ?"
steps = { never = "a", mostly = "b", always = "c" }
evidence = []
[practices."care.list"]
question = "Liste ?"
steps = { never = "a", mostly = "b", always = "c" }
evidence = []
[practices."care.key"]
question = "Clé ?"
steps = { no = "a", yes = "=b" }
evidence = []
"""


@pytest.fixture
def foreign(tmp_path: Path) -> str:
    folder = tmp_path / "foreign"
    folder.mkdir()
    (folder / "structure.toml").write_text(STRUCTURE, encoding="utf-8")
    (folder / "text.fr.toml").write_text(TEXT, encoding="utf-8")
    return str(folder)


def test_a_foreign_questionnaire_with_other_scales_is_written_on_its_common_scale(foreign: str) -> None:
    answers = {
        "care.lock": Answer("care.lock", "mostly"),
        "care.list": Answer("care.list", "never"),
        "care.key": Answer("care.key", "yes"),
    }
    what = with_answers(answers, foreign)
    data = write(T, what)
    sheets = {sheet.title: sheet for sheet in opened(data).worksheets}
    assert formulas(data) == []
    assert list(sheets) == ["Summary", "7 Soins- l’essentiel - (tout)…", "Computation"]
    (row,) = table(sheets["Summary"], "No.")
    factor = what.seen.profile.factors[0]
    assert (row["No."], row["Value 0–1"], row["Value"]) == (
        7,
        factor.value,
        float(shown(factor.value, 3) or 0),
    )
    assert "On another scale" in texts(sheets["Summary"])
    assert "=Un questionnaire (foreign)" in texts(sheets["Summary"])
    steps = [r["Step"] for r in table(sheets["7 Soins- l’essentiel - (tout)…"], "Practice")]
    assert steps == ["Souvent", "Jamais", "Oui"]
    charts = b"".join(parts(data, "xl/charts/").values()).decode()
    assert "0 Jamais  ·  1.6 Souvent  ·  2 Toujours" in charts


def test_the_same_profile_is_the_same_in_any_zone_but_for_words(filled: Store) -> None:
    what = exported(filled, "XF", 2018)
    elsewhere = opened(write(translator("en", "Asia/Tokyo"), what))["Summary"]
    assert table(elsewhere, "No.") == table(read(what)["Summary"], "No.")
