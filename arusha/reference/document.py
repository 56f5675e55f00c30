"""The whole questionnaire, or a part of it, as a Markdown document to read and to print."""

from collections.abc import Iterator, Sequence

from arusha.reference import wording
from arusha.reference.content import Content, Group, StepText
from arusha.reference.markdown import bullets, code, heading, inline, link, strong, table
from arusha.reference.rules import is_ours
from questionnaires.model import Factor, Measure, MeasureWords, Practice, Scale

COVERAGE = "commitments"
BREAK = "\\\n"  # a new line within a paragraph


def document(content: Content, practices: Sequence[Practice] | None = None) -> str:
    """Return the document; with ``practices`` only those, without contents and coverage."""
    wanted = list(content.questionnaire.practices.values()) if practices is None else list(practices)
    blocks = [*_head(content)]
    if practices is None:
        blocks += [_contents(content), *_how_to_read(content)]
    for factor in content.questionnaire.factors:
        blocks += _factor(content, factor, [p for p in factor.practices if p in wanted])
    if practices is None:
        blocks += _coverage(content)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _head(content: Content) -> Iterator[str]:
    yield heading(1, content.words.title)
    yield f"{code(content.questionnaire.id)} · {inline(wording.own_scale(content.t))}"


def _contents(content: Content) -> str:
    lines = []
    for factor in content.questionnaire.factors:
        inner = [link(content.of(p).question, p.id) for p in factor.practices]
        lines.append(f"{link(content.name(factor), factor.id)}\n{bullets(inner, 1)}")
    if content.coverage:
        lines.append(link(content.t("The commitments and the practices that serve them"), COVERAGE))
    return f"{heading(2, content.t('Contents'))}\n\n{bullets(lines)}"


def _how_to_read(content: Content) -> Iterator[str]:
    t = content.t
    yield heading(2, t("How to read a practice"))
    yield inline(wording.reading(content.t))
    for name, scale in content.scales():
        yield _steps_in_general(content, name, scale)


def _steps_in_general(content: Content, name: str, scale: Scale) -> str:
    t, showing = content.t, content.showing if is_ours(scale) else {}
    names, meanings = content.words.scales[name], content.words.meanings.get(name, {})
    rows = [
        [
            f"{number} {strong(names[step.id])}",
            inline(meanings.get(step.id, "")),
            inline(showing.get(step.id, "")),
        ]
        for number, step in enumerate(scale.steps)
    ]
    return table([t("Step"), t("What it means"), t("What to show a reviewer")], rows)


def _factor(content: Content, factor: Factor, practices: Sequence[Practice]) -> Iterator[str]:
    if practices:
        yield heading(2, content.name(factor), factor.id)
        yield inline(content.words.factors[factor.id].asks)
    for practice in practices:
        yield from _practice(content, practice)


def _practice(content: Content, practice: Practice) -> Iterator[str]:
    words = content.of(practice)
    yield heading(3, words.question, practice.id)
    yield " · ".join([code(practice.id), *(strong(mark) for mark in content.marks(practice))])
    yield inline(words.why)
    yield bullets(_step(content, step) for step in content.steps(practice))
    for group in content.groups(practice):
        yield _evidence(content, group)
    yield BREAK.join(_facts(content, practice))
    yield _measures(content, practice)


def _step(content: Content, step: StepText) -> str:
    said = f"{step.number} {strong(step.name)} – {inline(step.sentence)}"
    if not step.showing:
        return said
    return f"{said}{BREAK}  {inline(content.t('To show: {what}', what=step.showing))}"


def _evidence(content: Content, group: Group) -> str:
    lines = bullets(inline(content.line(line)) for line in group.lines)
    return f"{inline(content.asked_for(group))}\n\n{lines}"


def _facts(content: Content, practice: Practice) -> Iterator[str]:
    for name, lines in content.facts(practice):
        yield f"{strong(name)} – {inline(' · '.join(lines))}"


def _measures(content: Content, practice: Practice) -> str:
    found = content.measures(practice)
    if not found:
        return ""
    head = inline(content.t("Measures that would lift it by a step"))
    return f"{head}\n\n{bullets(_measure(content, one, said) for one, said in found)}"


def _measure(content: Content, measure: Measure, words: MeasureWords) -> str:
    return f"{strong(words.name)}\n{bullets(map(inline, content.about(measure, words)), 1)}"


def _coverage(content: Content) -> Iterator[str]:
    if not content.coverage:
        return
    t = content.t
    yield heading(2, t("The commitments and the practices that serve them"), COVERAGE)
    yield inline(
        t("The commitments of the Revised Arusha Declaration by number, in this toolkit's own words.")
    )
    rows = [
        [one, inline(content.commitment(one)), _links(served.first), _links(served.also)]
        for one, served in content.coverage.items()
    ]
    heads = [
        t("Commitment"),
        t("What it asks for"),
        t("Practices that name it first"),
        t("Practices that also serve it"),
    ]
    yield table([inline(head) for head in heads], rows)


def _links(practices: Sequence[Practice]) -> str:
    return ", ".join(link(practice.id, practice.id) for practice in practices) or "–"
