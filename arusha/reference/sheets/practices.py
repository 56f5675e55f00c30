"""The practices a row each: what is asked, what each step looks like, what to show; and who and why."""

from collections.abc import Iterator

from openpyxl import Workbook

from arusha.exchange.cells import Value
from arusha.exchange.tables import Column
from arusha.reference.content import Content
from arusha.reference.sheets.layout import practices_of, put_table, sheet_of
from questionnaires.model import Practice


def write_steps(book: Workbook, content: Content) -> None:
    """Write what is asked, the steps and what to show."""
    t = content.t
    count = max(len(scale.steps) for _, scale in content.scales())
    columns = [
        Column(t("Factor"), 15),
        Column(t("Practice"), 32),
        *(Column(name, 27) for name in _step_names(content, count)),
        Column(t("What a reviewer would ask to see"), 42),
        Column(t("Id"), 30),
    ]
    rows = (
        [content.short(factor), *_seen(content, practice, count)]
        for factor, practice in practices_of(content)
    )
    put_table(sheet_of(book, t("Practices"), content, columns), content.words.title, columns, rows, frozen=2)


def _step_names(content: Content, count: int) -> list[str]:
    """Return the headings of the steps: their names, or with several scales their numbers only."""
    scales = content.scales()
    if len(scales) > 1:
        return [content.t("Step {number}", number=number) for number in range(count)]
    (name, scale) = scales[0]
    names = content.words.scales[name]
    return [f"{number} {names[step.id]}" for number, step in enumerate(scale.steps)]


def _steps(content: Content, practice: Practice, count: int) -> Iterator[Value]:
    several = len(content.scales()) > 1
    said = [f"{s.name}: {s.sentence}" if several else s.sentence for s in content.steps(practice)]
    yield from said + [""] * (count - len(said))


def _seen(content: Content, practice: Practice, count: int) -> list[Value]:
    steps = _steps(content, practice, count)
    return [content.of(practice).question, *steps, _evidence(content, practice), practice.id]


def _evidence(content: Content, practice: Practice) -> str:
    """Return the lines of evidence below the steps they count for."""
    return "\n".join(
        line
        for group in content.groups(practice)
        for line in [
            *([group.label] if group.label else []),
            *(f"– {content.line(one)}" for one in group.lines),
        ]
    )


def write_who_and_why(book: Workbook, content: Content) -> None:
    """Write why each practice matters, who would know, what it closes and what it serves."""
    t = content.t
    columns = [
        Column(t("Factor"), 15),
        Column(t("Practice"), 34),
        Column(t("Marks"), 15),
        Column(t("Why it matters"), 42),
        Column(t("Who would know"), 26),
        Column(t("Openings it closes"), 24),
        Column(t("The remedy lies"), 16),
        Column(t("Commitments"), 38),
        Column(t("Provisions it serves"), 34),
        Column(t("Id"), 30),
    ]
    rows = ([content.short(factor), *_about(content, practice)] for factor, practice in practices_of(content))
    title = t("Who would know, and why it matters")
    put_table(sheet_of(book, t("Who and why"), content, columns), title, columns, rows, frozen=2)


def _about(content: Content, practice: Practice) -> list[Value]:
    words = content.of(practice)
    return [
        words.question,
        content.t.joined(content.marks(practice)),
        words.why,
        content.owners(practice),
        content.openings(practice),
        content.powers[practice.power],
        "\n".join(content.commitments(practice)),
        "\n".join(content.references(practice)),
        practice.id,
    ]
