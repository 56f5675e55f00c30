"""Plans that may be kept, drawn by hypothesis: every kind of text, chain, period, direction and entry."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from arusha.plans.model import (
    STATUSES,
    SUPPORT,
    Activity,
    BudgetLine,
    Goal,
    Header,
    Indicator,
    Link,
    Milestone,
    Outcome,
    Output,
    Plan,
    Support,
)
from arusha.plans.periods import Every, Period, periods
from arusha.plans.rules import STANDINGS
from tests.plans.making import EDITION, PRACTICES, Draft, faults
from tests.plans.sized import TODAY, large

__all__ = ["EDITION", "TODAY", "faults", "headers", "large", "plans"]

OWNERS = ("Integrity unit", "Direction générale", "Отдел кадров", "وحدة النزاهة")
FUNDERS = ("", "State budget", "Norad, through A-CIP", "=Canada")
UNITS = ("%", "persons", "hours", "per cent", "dossiers traités")
HARD = (
    "=SUM(A1:A9)",
    "+1 post, @headquarters",
    "Two lines\nof text",
    "• first bullet\n• second bullet\n  – with a dash",
    "Обучение инспекторов",
    "تدريب المفتشين على قواعد السلوك",
    "Ends of lines\r\nof another system",
    "Written like an escape: _x000D_",
    "Tab\tinside, quotes “” and '",
    "汉字 and 🛃",
    "a, b; c | d",
    "0012",
    "yes",
)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=12
)
TEXTS = st.sampled_from(HARD) | WORDS
TOSS = st.booleans()
PROSE = st.just("") | TEXTS


@st.composite
def plans(draw: st.DrawFn, *, most_goals: int = 3) -> Plan:
    """Draw a plan that may be kept: any shape of chain, any periods, entries restated and taken back."""
    made = Draft(draw(headers()))
    for _ in range(draw(st.integers(0, most_goals))):
        _draw_goal(draw, made)
    if draw(TOSS):
        made.tell(
            "", draw(st.sampled_from(["progress", "learned", "next"])), made.header.end, text=draw(TEXTS)
        )
    return made.plan()


@st.composite
def headers(draw: st.DrawFn) -> Header:
    """Draw what is said of a plan as a whole; it lasts from a day to four years."""
    start = draw(st.dates(date(2015, 1, 1), date(2027, 12, 31)))
    return Header(
        title=draw(TEXTS),
        programme=draw(PROSE),
        start=start,
        end=start + timedelta(days=draw(st.integers(0, 1_460))),
        owner=draw(st.sampled_from(("", *OWNERS))),
        owners=OWNERS,
        currency=draw(st.sampled_from(("", "EUR", "XOF"))),
        fiscal_start=draw(st.sampled_from((1, 4, 7, 10)) | st.integers(1, 12)),
        most_at_once=draw(st.integers(1, 9)),
    )


def _draw_result(draw: st.DrawFn, made: Draft, within: str) -> dict[str, Any]:
    """Return what every result has: titles that stand twice are refused, so each bears its own id."""
    id_ = made.new_id()
    return {
        "id": id_,
        "within": within,
        "number": draw(st.sampled_from(("", "1", "2.3", "A.1"))),
        "title": f"{draw(TEXTS)} {id_}",
        "assumptions": draw(PROSE),
        "risks": draw(PROSE),
        "owner": draw(st.sampled_from(("", *OWNERS))),
    }


def _draw_goal(draw: st.DrawFn, made: Draft) -> None:
    goal = made.put(Goal(**_draw_result(draw, made, ""), impact=draw(PROSE)))
    _draw_within(draw, made, goal)
    if draw(TOSS):
        made.tell(goal, "reached", draw(_days(made)), text=draw(TEXTS))
    outcome = made.put(Outcome(**_draw_result(draw, made, goal))) if draw(TOSS) else goal
    if outcome != goal:
        _draw_within(draw, made, outcome)
    output = made.put(Output(**_draw_result(draw, made, outcome))) if draw(TOSS) else outcome
    for _ in range(draw(st.integers(0, 2))):
        _draw_activity(draw, made, output)


def _draw_within(draw: st.DrawFn, made: Draft, above: str) -> None:
    for _ in range(draw(st.integers(0, 1))):
        _draw_indicator(draw, made, above)


def _days(made: Draft) -> st.SearchStrategy[date]:
    return st.dates(made.header.start, made.header.end)


def _draw_activity(draw: st.DrawFn, made: Draft, within: str) -> None:
    id_, days = made.new_id(), _days(made)
    start, end = sorted((draw(days), draw(days)))
    earlier = [part.id for part in made.parts if isinstance(part, Activity)]
    activity = Activity(
        id=id_,
        within=within,
        number=draw(st.sampled_from(("", "1.1", "2.3.4"))),
        title=f"{draw(TEXTS)} {id_}",
        stakeholders=draw(PROSE),
        responsible=draw(st.sampled_from(("", *OWNERS))),
        start=draw(st.sampled_from((None, start))),
        end=draw(st.sampled_from((None, end))),
        after=tuple(earlier[:1]) if draw(TOSS) else (),
        milestones=tuple(_draw_milestones(draw, made)),
        budget=tuple(_draw_budget(draw, made)),
        support=tuple(_draw_support(draw)),
        links=tuple(_draw_links(draw, days)),
    )
    made.put(activity)
    for day in sorted(draw(st.lists(days, max_size=3))):
        made.tell(id_, "status", day, draw(st.sampled_from(STATUSES)), draw(PROSE))
    _draw_spending(draw, made, activity)
    _draw_within(draw, made, id_)


def _draw_milestones(draw: st.DrawFn, made: Draft) -> Iterator[Milestone]:
    for _ in range(draw(st.integers(0, 2))):
        reached = draw(st.none() | _days(made))
        yield Milestone(id=made.new_id(), title=draw(TEXTS), due=draw(_days(made)), reached=reached)


def _draw_budget(draw: st.DrawFn, made: Draft) -> Iterator[BudgetLine]:
    for _ in range(draw(st.integers(0, 2))):
        amount = draw(st.floats(0, 1e7, allow_nan=False))
        funder = draw(st.sampled_from(FUNDERS))
        yield BudgetLine(id=made.new_id(), title=draw(TEXTS), funder=funder, amount=amount)


def _draw_support(draw: st.DrawFn) -> Iterator[Support]:
    for kind in draw(st.lists(st.sampled_from(SUPPORT), max_size=2)):
        yield Support(
            kind=kind,  # type: ignore[arg-type]
            whom=draw(PROSE),
            title=draw(PROSE),
        )


def _draw_links(draw: st.DrawFn, days: st.SearchStrategy[date]) -> Iterator[Link]:
    for practice in draw(st.lists(st.sampled_from(PRACTICES), max_size=2, unique=True)):
        steps = tuple(EDITION.scale_of(EDITION.practices[practice]).numbers)
        yield Link(practice=practice, step=draw(st.sampled_from(steps)), by=draw(days))


def _draw_spending(draw: st.DrawFn, made: Draft, activity: Activity) -> None:
    for line in activity.budget:
        for one in draw(st.lists(st.sampled_from(_periods(made, "year")), max_size=2, unique=True)):
            made.say(line.id, "spent", one.key, draw(st.floats(0, 1e6, allow_nan=False)), one.end)


def _periods(made: Draft, every: Every) -> tuple[Period, ...]:
    head = made.header
    return periods(every, head.start, head.end, head.fiscal_start)


def _draw_indicator(draw: st.DrawFn, made: Draft, within: str) -> None:
    id_ = made.new_id()
    replaced = [part.id for part in made.parts if isinstance(part, Indicator)]
    ended = draw(st.none() | _days(made))
    indicator = Indicator(
        id=id_,
        within=within,
        number=draw(st.sampled_from(("", "i1"))),
        title=f"{draw(TEXTS)} {id_}",
        unit=draw(st.sampled_from(UNITS)),
        direction=draw(st.sampled_from(("up", "down", "ambiguous"))),
        source=draw(PROSE),
        verification=draw(PROSE),
        disaggregation=draw(PROSE),
        cumulative=draw(TOSS),
        every=draw(st.sampled_from(("year", "half", "quarter"))),
        owner=draw(st.sampled_from(("", *OWNERS))),
        replaces=replaced[-1] if draw(TOSS) and replaced else "",
        read_with=replaced[0] if draw(TOSS) and replaced else "",
        ended=ended,
        ended_because=draw(TEXTS) if ended else "",
    )
    made.put(indicator)
    _draw_figures(draw, made, indicator)
    if draw(TOSS):
        made.tell(id_, "override", draw(_days(made)), draw(st.sampled_from(("", *STANDINGS))), draw(TEXTS))


def _draw_figures(draw: st.DrawFn, made: Draft, indicator: Indicator) -> None:
    lowest, highest = (0.0, 100.0) if indicator.unit in ("%", "per cent") else (0.0, 1e4)
    values = st.floats(lowest, highest, allow_nan=False)
    before = made.header.start - timedelta(days=30)
    baseline: float | None = None
    for number in range(draw(st.integers(0, 2))):  # two: the baseline is restated, with a reason
        baseline = draw(values)
        reason = draw(TEXTS) if number else ""
        made.say(indicator.id, "baseline", "", baseline, before, source=draw(TEXTS), reason=reason)
    if baseline is not None and not indicator.cumulative:
        low = baseline if indicator.direction == "up" else lowest
        high = baseline if indicator.direction == "down" else highest
        planned = st.floats(low, high, allow_nan=False)
    else:
        planned = values
    for one in _periods(made, indicator.every)[: draw(st.integers(0, 5))]:
        _draw_benchmark(draw, made, indicator, one, planned, values)


def _draw_benchmark(
    draw: st.DrawFn,
    made: Draft,
    indicator: Indicator,
    one: Period,
    planned: st.SearchStrategy[float],
    values: st.SearchStrategy[float],
) -> None:
    said = draw(st.sampled_from(("both", "target", "actual", "restated", "taken back", "neither")))
    if said not in ("actual", "neither"):
        made.say(
            indicator.id, "target", one.key, draw(planned), one.end, source=draw(TEXTS), note=draw(PROSE)
        )
    if said not in ("target", "neither"):
        made.say(
            indicator.id, "actual", one.key, draw(values), one.end, evidence=draw(PROSE), note=draw(PROSE)
        )
    if said in ("restated", "taken back"):
        again = draw(values) if said == "restated" else None
        made.say(indicator.id, "actual", one.key, again, one.end, reason=draw(TEXTS))
