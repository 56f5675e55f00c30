"""A plan made to a size, always the same, for measuring how long things take."""

from datetime import date, timedelta
from random import Random

from arusha.plans.model import (
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
from arusha.plans.periods import Period, following, periods
from tests.plans.making import EDITION, PRACTICES, Draft

TODAY = date(2025, 2, 10)


def large(measures: int = 300, indicators: int = 150, quarters: int = 28) -> Plan:
    """Return a plan of this size from 2019 on, always the same; six sevenths of its actuals are there."""
    chance, quarter = Random(5), periods("quarter", date(2019, 1, 1), date(2019, 3, 31))[0]
    every = [quarter]
    while len(every) < quarters:
        every.append(following(every[-1]))
    head = Header(
        title="Action plan for integrity",
        programme="A-CIP bilateral",
        start=every[0].start,
        end=every[-1].end,
        owner="Integrity unit",
        owners=tuple(f"Office {number}" for number in range(1, 41)),
        currency="EUR",
    )
    made, outputs = Draft(head), []
    for goal in range(1, 11):
        outputs += _large_chain(made, goal)
    for number in range(measures):
        _large_activity(made, chance, outputs[number % len(outputs)], number)
    for number in range(indicators):
        _large_indicator(made, chance, outputs[number % len(outputs)], number, every)
    return made.plan("xa2019-plarge")


def _large_chain(made: Draft, goal: int) -> list[str]:
    """Add a goal with two outcomes of two outputs each; return the outputs."""
    assumed = "The budget law is passed in time and the posts are filled."
    title = f"Goal {goal}: discretion is used openly"
    top = made.put(Goal(id=made.new_id(), number=f"{goal}", title=title, assumptions=assumed, risks="Theft."))
    outputs = []
    for outcome in (1, 2):
        id_, number = made.new_id(), f"{goal}.{outcome}"
        title = f"Outcome {number} is reached"
        made.put(Outcome(id=id_, within=top, number=number, title=title, assumptions=assumed))
        for output in (1, 2):
            number = f"{goal}.{outcome}.{output}"
            outputs.append(
                made.put(Output(id=made.new_id(), within=id_, number=number, title=f"Output {number}"))
            )
    return outputs


def _large_activity(made: Draft, chance: Random, within: str, number: int) -> None:
    start = made.header.start + timedelta(days=chance.randrange(0, 300))
    last = (made.header.end - start).days
    end = start + timedelta(days=chance.randrange(30, last))
    practice = chance.choice(PRACTICES)
    steps = tuple(EDITION.scale_of(EDITION.practices[practice]).numbers)
    lines = [
        BudgetLine(id=made.new_id(), title="Training", funder=funder, amount=chance.randrange(1, 90) * 250.0)
        for funder in ("State budget", "Norad, through A-CIP")
    ]
    id_ = made.put(
        Activity(
            id=made.new_id(),
            within=within,
            number=f"{number + 1}",
            title=f"Measure {number + 1}: write the rule for overrides and train those who use it",
            stakeholders="Operations directorate, staff union, traders' association",
            responsible=chance.choice(made.header.owners),
            start=start,
            end=end,
            milestones=(Milestone(id=made.new_id(), title="The rule is signed", due=end),),
            budget=tuple(lines),
            support=(Support(kind="expert", whom="WCO", title="Peer review of the rule by an expert"),),
            links=(Link(practice=practice, step=chance.choice(steps), by=end),),
        )
    )
    made.tell(id_, "status", start, "ongoing")
    if chance.random() < 0.6:
        made.tell(id_, "status", min(end, TODAY), "done")
    for line in lines:
        made.say(line.id, "spent", "2020", chance.random() * line.amount, date(2020, 12, 31))


def _large_indicator(made: Draft, chance: Random, within: str, number: int, every: list[Period]) -> None:
    direction = ("up", "down", "up", "ambiguous")[number % 4]
    cumulative, id_ = number % 5 == 0, made.new_id()
    made.put(
        Indicator(
            id=id_,
            within=within,
            number=f"i{number + 1}",
            title=f"Indicator {number + 1}: share of overrides with a recorded reason",
            unit="cases" if cumulative else "%",
            direction=direction,  # type: ignore[arg-type]
            source="Register of overrides",
            verification="Quarterly extract of the register, signed by internal audit",
            cumulative=cumulative,
            every="quarter",
            owner=chance.choice(made.header.owners),
        )
    )
    sign, begin = (-1, 80.0) if direction == "down" else (1, 10.0)
    made.say(id_, "baseline", "", begin, made.header.start - timedelta(days=40), source="Register")
    known = len(every) * 6 // 7
    for place, one in enumerate(every):
        planned = begin + sign * 60 * (place + 1) / len(every)
        made.say(id_, "target", one.key, planned, one.end, source="Register")
        if place < known:
            reached = begin + sign * 50 * (place + 1) / len(every) + chance.uniform(-4, 4)
            made.say(id_, "actual", one.key, min(max(reached, 0.0), 100.0), one.end, source="Register")
