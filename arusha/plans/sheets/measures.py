"""The measures: one row an activity, with everything that is said of it, to be filtered."""

from collections.abc import Iterator

from arusha.exchange.cells import Number, Value, day
from arusha.exchange.sheets import print_across
from arusha.exchange.tables import Column
from arusha.plans.model import Activity, Link, Milestone, Support
from arusha.plans.sheets.content import Content
from arusha.plans.sheets.layout import MONEY, cells_of, mark_statuses, put_head, put_table, sheet_of
from arusha.plans.sheets.spending import planned_of, spent_by_line, spent_of
from arusha.plans.wording import STATUS_NAMES, SUPPORT_NAMES
from questionnaires.problems import N_

STATUS = 6  # the column
NOTE = N_("One row a measure. The id stays the same when the printed number changes.")


def write(content: Content) -> None:
    """Write the sheet."""
    columns = _columns(content)
    sheet = sheet_of(content, content.t("Measures"), columns)
    row = put_head(sheet, content.t("Measures"), columns, [content.t(NOTE)])
    spent = spent_by_line(content.plan)
    rows = (list(_row(content, one, spent)) for one in content.plan.activities)
    table = put_table(content, sheet, row, columns, rows, frozen=2)
    print_across(sheet, 2, 3)
    mark_statuses(sheet, cells_of(table, STATUS), content.t)


def _columns(content: Content) -> list[Column]:
    t = content.t
    money = content.plan.header.currency
    return [
        Column(t("No."), 8),
        Column(t("Measure"), 44),
        Column(t("Goal"), 24),
        Column(t("Expected output"), 30),
        Column(t("Intended outcome"), 30),
        Column(t("Status"), 12),
        Column(t("Status since"), 12, figures=True),
        Column(t("Newest word on it"), 30),
        Column(t("Responsible"), 20),
        Column(t("Stakeholders"), 28),
        Column(t("Start"), 12, figures=True),
        Column(t("End"), 12, figures=True),
        Column(t("Done on"), 12, figures=True),
        Column(t("Comes after"), 24),
        Column(t("Milestones"), 32),
        Column(t("Practices and steps to reach"), 40),
        Column(t("Support requested"), 28),
        Column(t("Planned, {currency}", currency=money) if money else t("Planned"), 14, figures=True),
        Column(t("Spent, {currency}", currency=money) if money else t("Spent"), 14, figures=True),
        Column(t("From the questionnaire's measure"), 24),
        Column(t("Id"), 14),
    ]


def _row(content: Content, one: Activity, spent: dict[str, float]) -> Iterator[Value]:
    plan, t = content.plan, content.t
    said = [each for each in plan.entries(one.id, "status") if each.on <= content.today]
    output, outcome = plan.above(one.id, "output"), plan.above(one.id, "outcome")
    yield from (one.number, one.title, content.goal_names[one.id])
    yield from (output.title if output else "", outcome.title if outcome else "")
    yield t(STATUS_NAMES[plan.status(one.id, content.today)])
    yield day(said[-1].on if said else None)
    yield _newest_word(content, one)
    yield from (one.responsible, one.stakeholders)
    yield from (day(one.start), day(one.end), day(plan.done_on(one.id, content.today)))
    yield "\n".join(content.named(other) for other in one.after)
    yield "\n".join(_milestone(content, each) for each in one.milestones)
    yield "\n".join(_link(content, link) for link in one.links)
    yield "\n".join(_support(content, each) for each in one.support)
    yield Number(planned_of(one), MONEY)
    yield Number(spent_of(spent, one), MONEY)
    yield from (one.measure, one.id)


def _newest_word(content: Content, one: Activity) -> str:
    """Return the newest text of a status or of the progress, with its day."""
    entries = [*content.plan.entries(one.id, "status"), *content.plan.entries(one.id, "progress")]
    known = (each for each in entries if each.text and each.on <= content.today)
    told = sorted(known, key=lambda each: (each.on, each.number))
    return f"{content.t.day(told[-1].on)}: {told[-1].text}" if told else ""


def _milestone(content: Content, one: Milestone) -> str:
    t, due = content.t, content.t.day(one.due)
    if one.reached:
        return t("{due}: {title} (reached on {day})", due=due, title=one.title, day=t.day(one.reached))
    if one.due < content.today:
        return t("{due}: {title} (not reached)", due=due, title=one.title)
    return f"{due}: {one.title}"


def _link(content: Content, link: Link) -> str:
    question, step = content.question(link.practice), content.step(link.practice, link.step)
    by = content.t.day(link.by)
    return content.t("{question} → {step} by {day}", question=question, step=step, day=by)


def _support(content: Content, one: Support) -> str:
    kind = content.t(SUPPORT_NAMES[one.kind])
    return " · ".join(said for said in (kind, one.whom, one.title) if said)
