"""The logframe: every goal, outcome, output and activity with its indicators, assumptions and risks."""

from collections.abc import Iterator, Sequence

from arusha.exchange.cells import Number, Value
from arusha.exchange.sheets import print_across
from arusha.exchange.tables import Column
from arusha.plans.model import Activity, AnyPart, Goal, Indicator
from arusha.plans.progress.benchmarks import final_target
from arusha.plans.sheets.content import Content
from arusha.plans.sheets.layout import begin_table, end_table, figure, put_head, sheet_of
from arusha.plans.wording import DIRECTION_NAMES, KIND_NAMES
from arusha.ui.look import LOOK
from questionnaires.problems import N_

NOTE = N_("One row an indicator: a result or activity with several takes as many rows.")


def write(content: Content) -> None:
    """Write the sheet: a row for each part and each of its indicators, in the order of the chain."""
    columns = _columns(content)
    sheet = sheet_of(content, content.t("Logframe"), columns)
    row = put_head(sheet, content.t("Logframe"), columns, [content.t(NOTE)])
    table = begin_table(content, sheet, row, columns)
    for part in content.plan.under(""):
        if not isinstance(part, Indicator):
            is_goal = isinstance(part, Goal)
            for values in _rows(content, part):
                table.put(values, bold=is_goal, fill=LOOK.band if is_goal else "")
    end_table(table, 3)
    print_across(sheet, 3, 2)


def _columns(content: Content) -> list[Column]:
    t = content.t
    return [
        Column(t("No."), 8),
        Column(t("Level"), 11),
        Column(t("Result or activity"), 46),
        Column(t("Expected impact"), 30),
        Column(t("Indicator"), 40),
        Column(t("Unit"), 11),
        Column(t("Direction"), 14),
        Column(t("Baseline"), 10, figures=True),
        Column(t("Final target"), 10, figures=True),
        Column(t("Final target for"), 11, figures=True),
        Column(t("Source"), 22),
        Column(t("Means of verification"), 30),
        Column(t("Assumptions"), 30),
        Column(t("Risks"), 30),
        Column(t("Responsible"), 20),
        Column(t("Id"), 14),
    ]


def _rows(content: Content, part: AnyPart) -> Iterator[list[Value]]:
    """Return a part with its first indicator, and each further indicator in a row of its own."""
    inside = [one for one in content.plan.inside.get(part.id, ()) if isinstance(one, Indicator)]
    number, level = part.number, content.t(KIND_NAMES[part.kind])
    first = [*_measured(content, inside[0])] if inside else [*NOTHING]
    yield [number, level, part.title, _impact(part), *first, *_conditions(part), part.id]
    for one in inside[1:]:
        yield [number, level, "", "", *_measured(content, one), "", "", _owner(one), one.id]


NOTHING: Sequence[Value] = ("", "", "", Number(None), Number(None), "", "", "")


def _measured(content: Content, one: Indicator) -> Iterator[Value]:
    t = content.t
    baseline = content.plan.figure(one.id, "baseline")
    final = final_target(content.plan, one, content.today)
    yield one.title
    yield content.unit(one)
    yield t(DIRECTION_NAMES[one.direction])
    yield figure(baseline.value if baseline else None)
    yield figure(final.planned if final else None)
    yield final.period.label if final else ""
    yield one.source
    yield one.verification


def _impact(part: AnyPart) -> str:
    return part.impact if isinstance(part, Goal) else ""


def _conditions(part: AnyPart) -> list[Value]:
    if isinstance(part, Activity | Indicator):
        return ["", "", _owner(part)]
    return [part.assumptions, part.risks, part.owner]


def _owner(part: AnyPart) -> str:
    return part.responsible if isinstance(part, Activity) else part.owner
