"""A sheet with an indicator tracking table -> its rows as values, with every fault at its cell."""

from collections.abc import Iterator, Mapping
from datetime import date

from arusha.exchange.reading import Kind, Page, opened
from arusha.plans.model import LONGEST_TEXT, LONGEST_TITLE, Indicator, Plan
from arusha.plans.periods import Period, period
from arusha.plans.sheets import naming
from arusha.plans.sheets.entries import Wrong, day_at, number_at, text_at
from arusha.plans.sheets.grid import Grid, found
from arusha.plans.sheets.tracking import FORM, MARKS, OWN
from arusha.plans.tables.tracking import COLUMNS, Filled, Tracking, periods_of
from arusha.plans.tables.work_plan import Mark, cleaned, plain
from questionnaires.problems import N_, Problem, near, printable, refuse

INDICATOR, PERIOD, TARGET, ACTUAL = OWN
MOST_GUESSES = 10  # unknown names whose near one is looked for: it costs much, and a table has many rows
AS_IT_WAS = N_("Write what stood there; this is changed on the page of the plan.")


def read(data: bytes, name: str, plan: Plan) -> Tracking:
    """Return the tracking table of a workbook; its ``problems`` say what cannot be taken, each at its cell.

    Raises ``Refused`` for a file that must not or cannot be read, whose headings are not all there, or that
    was written from another plan.
    """
    return taken(opened(data, name), name, plan)


def is_one(pages: Mapping[str, Page]) -> bool:
    """Return whether a workbook was written as a tracking table."""
    return MARKS in pages and pages[MARKS].at(1, 1).value == FORM


def taken(pages: Mapping[str, Page], name: str, plan: Plan) -> Tracking:
    """Return the tracking table of sheets that were read."""
    mark = _mark(pages[MARKS]) if is_one(pages) else None
    if mark is not None and mark.plan != plan.id:
        fault = N_("The table was written from another plan, {id}.")
        raise refuse(name, fault, N_("Choose that plan, or write the table anew."), id=printable(mark.plan))
    shown = {title: page for title, page in pages.items() if title != MARKS}
    names = {key: naming.in_all_languages(text) for key, text in COLUMNS.items()}
    grid = found(shown, name, names, OWN)
    rows = tuple(_Rows(grid, plan).all())
    problems = (*grid.problems, *_twice(grid, rows))
    return Tracking(rows, grid.place, grid.columns, mark, problems, tuple(grid.notices))


def _mark(page: Page) -> Mark:
    version = str(page.at(1, 3).value)
    return Mark(str(page.at(1, 2).value), int(version) if version.isdecimal() and len(version) < 7 else 0)


class _Rows:
    """The rows below the headings, each with the indicator and the period it is about."""

    def __init__(self, grid: Grid, plan: Plan) -> None:
        self._grid, self._plan = grid, plan
        baselines = [one for one in plan.figures if one.kind == "baseline"]
        self._baselines = {(one.subject, one.value) for one in baselines}
        self._periods: dict[str, tuple[Period, ...]] = {}
        self._meant: dict[str, str] = {}
        self._by_title: dict[str, list[Indicator]] = {}
        for indicator in plan.indicators:
            self._by_title.setdefault(plain(indicator.title), []).append(indicator)

    def all(self) -> Iterator[Filled]:
        """Yield each row that is about an indicator and a period of the plan; tell of the others."""
        for row in range(self._grid.head + 1, self._grid.page.rows + 1):
            if any(self._is_filled(row, key) for key in COLUMNS):
                self._refuse_merged(row)
                indicator = self._indicator(row)
                one = self._period(row, indicator) if indicator else None
                if indicator and one:
                    yield self._filled(row, indicator, one)

    def _is_filled(self, row: int, key: str) -> bool:
        one = self._grid.at(row, key)
        return one.kind is not Kind.EMPTY and (not isinstance(one.value, str) or bool(one.value.strip()))

    def _refuse_merged(self, row: int) -> None:
        for key, column in self._grid.columns.items():
            area = self._grid.merged_at(row, column)
            if area and (area.top, area.left) == (row, column) and key in COLUMNS:
                place = f"{self._grid.place}!{area.name}"
                fault, remedy = N_("These cells are merged."), N_("Unmerge them, and fill each of them.")
                self._grid.problems.append(Problem(place, fault, remedy))

    def _own(self, row: int, key: str) -> str:
        value = self._grid.at(row, key).value if key in self._grid.columns else None
        return value if isinstance(value, str) else ""

    def _indicator(self, row: int) -> Indicator | None:
        title = text_at(self._grid.at(row, "indicator"), LONGEST_TITLE)
        if isinstance(title, Wrong):
            self._grid.tell(row, "indicator", title)
            return None
        known = self._plan.by_id.get(self._own(row, INDICATOR))
        if isinstance(known, Indicator):
            if plain(title) != plain(known.title):
                self._grid.tell(
                    row, "indicator", Wrong(N_("The indicator of this row was changed."), AS_IT_WAS)
                )
            return known
        return self._by_words(row, title)

    def _by_words(self, row: int, title: str) -> Indicator | None:
        alike = self._by_title.get(plain(title), [])
        number = text_at(self._grid.at(row, "number"), LONGEST_TITLE, digits=True)
        numbered = [one for one in alike if one.number == number]
        several = numbered or alike
        if len(several) == 1:
            return several[0]
        if title not in self._meant and len(self._meant) < MOST_GUESSES:
            self._meant[title] = near(title, [one.title for one in self._plan.indicators])
        meant = self._meant.get(title, "")
        fault = N_("There is no indicator {name} in the plan.")
        if several:
            fault = N_("The plan has several indicators {name}.")
        remedy = N_("Did you mean {meant}?") if meant and not several else N_("Copy it from another row.")
        values = {"name": printable(title) or "–", "meant": printable(meant)}
        self._grid.tell(row, "indicator", Wrong(fault, remedy), **values)
        return None

    def _period(self, row: int, indicator: Indicator) -> Period | None:
        said = text_at(self._grid.at(row, "period"), LONGEST_TITLE, digits=True)
        if isinstance(said, Wrong):
            self._grid.tell(row, "period", said)
            return None
        if indicator.id not in self._periods:
            self._periods[indicator.id] = periods_of(self._plan, indicator)
        every = self._periods[indicator.id]
        known = {plain(name): one for one in every for name in (one.label, one.key)}
        if plain(said) in known:
            return known[plain(said)]
        try:
            return period(said, self._plan.header.fiscal_start)  # the rules say what is wrong with it
        except ValueError:
            fault = N_("The indicator has no period {name} in this plan.")
            remedy = N_("Use one of: {known}.")
            names = ", ".join(one.label for one in every[:12])
            self._grid.tell(row, "period", Wrong(fault, remedy), name=printable(said) or "–", known=names)
            return None

    def _filled(self, row: int, indicator: Indicator, one: Period) -> Filled:
        self._refuse_baseline(row, indicator)
        faulty: set[str] = set()
        said: dict[str, object] = {}
        for key, taken in (
            ("target", number_at(self._grid.at(row, "target"))),
            ("actual", number_at(self._grid.at(row, "actual"))),
            ("date", day_at(self._grid.at(row, "date"))),
            ("source", text_at(self._grid.at(row, "source"), LONGEST_TITLE)),
            ("note", text_at(self._grid.at(row, "note"), LONGEST_TEXT)),
            ("reason", text_at(self._grid.at(row, "reason"), LONGEST_TEXT)),
        ):
            if isinstance(taken, Wrong):
                self._grid.tell(row, key, taken)
                faulty.add(key)
            else:
                said[key] = taken
        entries = self._entries(row, indicator, one)
        return _row(row, indicator, one, said, entries, frozenset(faulty))

    def _entries(self, row: int, indicator: Indicator, one: Period) -> tuple[int, int]:
        """Return the entries a row was written from; none when it was copied to another place."""
        if (self._own(row, INDICATOR), self._own(row, PERIOD)) != (indicator.id, one.key):
            return 0, 0
        said = [self._own(row, key) for key in (TARGET, ACTUAL)]
        target, actual = (int(text) if text.isdecimal() and len(text) < 9 else 0 for text in said)
        return target, actual

    def _refuse_baseline(self, row: int, indicator: Indicator) -> None:
        said = number_at(self._grid.at(row, "baseline"))
        if isinstance(said, Wrong):
            self._grid.tell(row, "baseline", said)
        elif said is not None and (indicator.id, said) not in self._baselines:
            self._grid.tell(row, "baseline", Wrong(N_("The baseline of this row was changed."), AS_IT_WAS))


def _row(
    row: int,
    indicator: Indicator,
    one: Period,
    said: Mapping[str, object],
    entries: tuple[int, int],
    faulty: frozenset[str],
) -> Filled:
    target, actual, day = said.get("target"), said.get("actual"), said.get("date")
    texts = {key: cleaned(str(said.get(key, ""))) for key in ("source", "note", "reason")}
    return Filled(
        row,
        indicator.id,
        one.key,
        target if isinstance(target, float) else None,
        actual if isinstance(actual, float) else None,
        day if isinstance(day, date) else None,
        target_entry=entries[0],
        actual_entry=entries[1],
        faulty=faulty,
        **texts,
    )


def _twice(grid: Grid, rows: tuple[Filled, ...]) -> Iterator[Problem]:
    met: dict[tuple[str, str], int] = {}
    for filled in rows:
        spot = filled.indicator, filled.period
        if spot in met:
            fault = N_("The indicator has this period in row {row} too.")
            values = {"row": met[spot]}
            yield Problem(grid.cell(filled.row, "period"), fault, N_("Delete one of the two rows."), values)
        met.setdefault(spot, filled.row)
