"""The trace behind every number: each practice's weight and value, the sums, and the rule in words."""

from collections.abc import Iterable, Sequence
from math import fsum

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from arusha.assessments.sheets import rule
from arusha.assessments.sheets.content import Content, exact
from arusha.exchange import look as looks
from arusha.exchange.cells import PERCENT, Number, Value
from arusha.exchange.sheets import add_sheet, freeze_below
from arusha.exchange.tables import Column, put_headings, put_line, put_row, set_widths
from arusha.ui.look import LOOK
from scoring.profile import SHARE_OF_LEVEL, TOLERANCE, FactorResult, PracticeTrace

NOTHING = ""
GENERAL = "General"


def write(book: Workbook, content: Content) -> None:
    """Write the sheet: a block for each factor, the overall figure, the rule."""
    sheet = add_sheet(book, content.t("Computation"), content.t.language, content.footer)
    columns = _columns(content)
    set_widths(sheet, columns)
    row = _head(sheet, columns, content)
    freeze_below(sheet, row, 2)
    row = put_headings(sheet, row, columns, LOOK)
    for factor in content.profile.factors:
        row = _factor(sheet, row, columns, factor, content) + 1
    row = _overall(sheet, row, columns, content) + 1
    rule.write(sheet, row, columns, content)


def _columns(content: Content) -> list[Column]:
    t = content.t
    figures = [
        t("Weight"),
        t("Step value"),
        t("Lowest value"),
        t("Highest value"),
        t("Weight × step value"),
        t("Weight × lowest"),
        t("Weight × highest"),
    ]
    return [
        Column(t("Practice"), 36),
        Column(t("Question"), 52),
        Column(t("Key"), 7, figures=True),
        Column(t("State"), 17),
        Column(t("Step"), 14),
        Column(t("Step number"), 10, figures=True),
        *(Column(said, 11, figures=True) for said in figures),
        Column(t("Counted in the value"), 11, figures=True),
        Column(t("Why left out"), 34),
    ]


def _head(sheet: Worksheet, columns: Sequence[Column], content: Content) -> int:
    t = content.t
    row = put_line(sheet, 1, t("How every number is computed"), columns, LOOK.heading, size=16, bold=True)
    if content.fiction:
        row = put_line(sheet, row, content.fiction, columns, LOOK.on_heading, bold=True, fill=LOOK.warn)
    said = t(
        "Rule {rule}, told in words at the end of this sheet. "
        "Four decimals are shown; the cells hold every digit.",
        rule=content.profile.rule,
    )
    return put_line(sheet, row, said, columns, LOOK.quiet) + 1


def _factor(
    sheet: Worksheet, row: int, columns: Sequence[Column], factor: FactorResult, content: Content
) -> int:
    title = f"{content.number(factor)}. {content.name(factor)}"
    row = put_line(sheet, row, title, columns, LOOK.ink, bold=True, fill=LOOK.band)
    for trace in factor.practices:
        row = put_row(sheet, row, columns, _practice(trace, content), LOOK)
    for values in [*_sums(factor, content), *_results(factor, content), *_levels(factor, content)]:
        row = put_row(sheet, row, columns, values, LOOK, bold=True)
        for number in range(1, len(columns) + 1):
            looks.fill(sheet.cell(row - 1, number), "#FAF8F3")
    return row


def _practice(trace: PracticeTrace, content: Content) -> list[Value]:
    counted = trace.value is not None
    return [
        trace.id,
        content.words.practices[trace.id].question,
        content.yes(trace.key),
        content.state(trace),
        content.step_name(trace),
        Number(trace.number),
        Number(trace.weight, GENERAL),
        *(exact(value) for value in (trace.value, trace.low, trace.high)),
        *(exact(_times(trace.weight, value)) for value in (trace.value, trace.low, trace.high)),
        content.t("yes") if counted else content.t("no"),
        NOTHING if counted else _why(trace, content),
    ]


def _times(weight: float, value: float | None) -> float | None:
    return None if value is None else weight * value


def _why(trace: PracticeTrace, content: Content) -> str:
    t, reason = content.t, trace.reason.strip()
    if trace.state == "not_applicable":
        said = t("Not applicable: in none of the sums.")
    else:
        said = t("Not answered: only in the lowest and the highest.")
    return f"{said}\n{reason}" if reason else said


def _sums(factor: FactorResult, content: Content) -> Iterable[list[Value]]:
    t = content.t
    applicable = [trace for trace in factor.practices if trace.state != "not_applicable"]
    answered = [trace for trace in applicable if trace.value is not None]
    yield _line(
        t("Sum over the answered practices"),
        weight=_sum(answered, "weight"),
        weighted=[_weighted(answered, "value"), None, None],
    )
    yield _line(
        t("Sum over the applicable practices"),
        weight=_sum(applicable, "weight"),
        weighted=[None, _weighted(applicable, "low"), _weighted(applicable, "high")],
    )


def _sum(traces: Iterable[PracticeTrace], name: str) -> float:
    return fsum(getattr(trace, name) for trace in traces)


def _weighted(traces: Iterable[PracticeTrace], name: str) -> float:
    return fsum(trace.weight * getattr(trace, name) for trace in traces)


def _results(factor: FactorResult, content: Content) -> Iterable[list[Value]]:
    t = content.t
    yield _line(
        t("Value, lowest, highest"),
        t("each weighted sum ÷ its sum of weights"),
        values=[factor.value, factor.low, factor.high],
    )
    yield _line(
        t("Answered, share of the weight"),
        t("answered weight ÷ applicable weight"),
        number=Number(factor.coverage, PERCENT),
    )
    yield _line(
        t("Gap outside Customs' own power"),
        t("marked weight × gap ÷ all weight × gap, answered practices"),
        number=Number(factor.outside, PERCENT),
    )


def _levels(factor: FactorResult, content: Content) -> Iterable[list[Value]]:
    """Return the steps' shares of the weight, and the level that follows from them."""
    t = content.t
    keys = [trace for trace in factor.practices if trace.key and trace.state != "not_applicable"]
    for step, share in list(enumerate(factor.level_shares))[1:]:
        below = sum((trace.number or 0) < step for trace in keys)
        yield _line(
            t("Weight at step {step} or above", step=_step(step, content)),
            _reached(share, below, content),
            number=Number(share, PERCENT),
        )
    held = t.joined([content.words.practices[practice].question for practice in factor.held_by])
    why = t("Held by key practices: {practices}", practices=held) if held else NOTHING
    yield _line(
        t("Level"),
        why if factor.level is not None else t("No level: no practice applies."),
        number=Number(factor.level),
    )


def _step(number: int, content: Content) -> str:
    """Return a step's number, with its name where all practices share one scale."""
    scales = {practice.scale for practice in content.questionnaire.practices.values()}
    if len(scales) > 1:
        return str(number)
    step = content.scale.steps[number]
    return f"{number} ({content.words.scales[content.scale_id][step.id]})"


def _reached(share: float, below: int, content: Content) -> str:
    t = content.t
    enough = share >= SHARE_OF_LEVEL - TOLERANCE
    if enough and not below:
        return t("reached")
    short = [] if enough else [t("less than 80 % of the weight")]
    if below:
        short.append(t.many("{count} key practice below", "{count} key practices below", below))
    return t("not reached: {why}", why=t.joined(short))


def _line(
    label: str,
    said: str = NOTHING,
    *,
    number: Number | None = None,
    weight: float | None = None,
    values: Sequence[float | None] = (None, None, None),
    weighted: Sequence[float | None] = (None, None, None),
) -> list[Value]:
    """Return a row below the practices of a factor; a single ``number`` stands under the step's number."""
    return [
        label,
        said,
        NOTHING,
        NOTHING,
        NOTHING,
        number or Number(None),
        Number(weight, GENERAL),
        *(exact(value) for value in (*values, *weighted)),
        NOTHING,
        NOTHING,
    ]


def _overall(sheet: Worksheet, row: int, columns: Sequence[Column], content: Content) -> int:
    t, whole = content.t, content.profile.overall
    row = put_line(sheet, row, t("Overall, a convenience"), columns, LOOK.ink, bold=True, fill=LOOK.band)
    for factor in content.profile.factors:
        values = [factor.value, factor.low, factor.high]
        weighted = [_times(factor.weight, value) for value in values]
        line = _line(factor.id, content.name(factor), weight=factor.weight, values=values, weighted=weighted)
        row = put_row(sheet, row, columns, line, LOOK)
    means = _line(
        t("Value, lowest, highest"),
        t("weighted mean of the factors that have such a figure"),
        values=[whole.value, whole.low, whole.high],
    )
    row = put_row(sheet, row, columns, means, LOOK, bold=True)
    share = _line(
        t("Answered, share of the weight"),
        t("over all applicable practices"),
        number=Number(whole.coverage, PERCENT),
    )
    return put_row(sheet, row, columns, share, LOOK, bold=True)
