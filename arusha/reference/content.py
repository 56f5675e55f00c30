"""What page, document and workbook say of a questionnaire, in one language, so that they say the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from arusha.i18n import Translator
from arusha.reference import citations, wording
from arusha.reference.commitments import COMMITMENTS
from arusha.reference.rules import Served, coverage, groups, is_ours
from questionnaires.model import (
    Factor,
    LanguageWords,
    Measure,
    MeasureWords,
    Practice,
    PracticeWords,
    Questionnaire,
    Scale,
)


@dataclass(frozen=True)
class Line:
    """A line of evidence and its kind, which is empty when the questionnaire names none."""

    kind: str
    said: str


@dataclass(frozen=True)
class Group:
    """Lines of evidence that count for the same steps: the steps in words, their numbers, the lines."""

    label: str
    numbers: Sequence[int]
    lines: Sequence[Line]


@dataclass(frozen=True)
class StepText:
    """A step of a practice: its number and name, what is seen there, and what to show for it."""

    number: int
    name: str
    sentence: str
    showing: str

    @property
    def label(self) -> str:
        """Return number and name."""
        return f"{self.number} {self.name}"


@dataclass(frozen=True)
class Content:
    """A questionnaire in the words of one language; ``t`` says what the questionnaire itself does not."""

    t: Translator
    questionnaire: Questionnaire
    language: str

    @cached_property
    def words(self) -> LanguageWords:
        """The questionnaire's words."""
        return self.questionnaire.words(self.language)

    @cached_property
    def showing(self) -> Mapping[str, str]:
        """Step id -> what to show a reviewer to claim it, on our own scale."""
        return wording.showing(self.t)

    @cached_property
    def powers(self) -> Mapping[str, str]:
        """In whose hands a remedy can lie, in words."""
        return wording.powers(self.t)

    @cached_property
    def coverage(self) -> Mapping[str, Served]:
        """Commitment -> the practices that serve it."""
        return coverage(self.questionnaire, COMMITMENTS)

    def of(self, practice: Practice) -> PracticeWords:
        """Return the words of a practice."""
        return self.words.practices[practice.id]

    def name(self, factor: Factor) -> str:
        """Return a factor's number and name."""
        return f"{factor.number} · {self.words.factors[factor.id].name}"

    def short(self, factor: Factor) -> str:
        """Return a factor's number and its name where room is scarce."""
        words = self.words.factors[factor.id]
        return f"{factor.number} {words.short or words.name}"

    def marks(self, practice: Practice) -> list[str]:
        """Return what a practice is marked as."""
        t = self.t
        marks = (
            (practice.key, t("key practice")),
            (practice.core, t("core practice")),
            (practice.national, t("national practice")),
        )
        return [said for is_so, said in marks if is_so]

    def evidence(self, practice: Practice) -> list[Line]:
        """Return what a reviewer would ask to see, each line with its kind."""
        kinds = [self.words.evidence[kind] for kind in practice.evidence]
        lines = self.of(practice).evidence
        return [Line(kind, said) for kind, said in zip(kinds or [""] * len(lines), lines, strict=True)]

    def steps(self, practice: Practice) -> list[StepText]:
        """Return the steps of a practice from the lowest to the highest."""
        scale = self.questionnaire.scale_of(practice)
        names, said = self.words.scales[practice.scale], self.of(practice).steps
        showing = self.showing if is_ours(scale) else {}
        return [
            StepText(number, names[step.id], said[step.id], showing.get(step.id, ""))
            for number, step in enumerate(scale.steps)
        ]

    def groups(self, practice: Practice) -> list[Group]:
        """Return the lines of evidence by the steps they count for; as one group when that cannot be said."""
        scale, lines, steps = (
            self.questionnaire.scale_of(practice),
            self.evidence(practice),
            self.steps(practice),
        )
        found = [
            ([scale.numbers[step] for step in names], [lines[n] for n in numbers])
            for names, numbers in groups(practice, scale).items()
        ]
        if not found:
            return [Group("", range(len(steps)), lines)]
        return [Group(self.t.joined([steps[n].label for n in at]), at, inside) for at, inside in found]

    def owners(self, practice: Practice) -> str:
        """Return who would know."""
        return self.t.joined([self.words.owner[owner] for owner in practice.owner])

    def openings(self, practice: Practice) -> str:
        """Return the openings for corruption that a practice closes."""
        return self.t.joined([self.words.drivers[driver] for driver in practice.drivers])

    def references(self, practice: Practice) -> list[str]:
        """Return the provisions a practice serves, in words."""
        return [citations.in_words(self.t, reference) for reference in practice.references]

    def commitment(self, commitment: str) -> str:
        """Return what a commitment asks for, in our words; nothing for one we do not know."""
        return self.t(COMMITMENTS[commitment]) if commitment in COMMITMENTS else ""

    def commitments(self, practice: Practice) -> list[str]:
        """Return the commitments a practice serves, number and words."""
        return [f"{one} {self.commitment(one)}".strip() for one in practice.commitments]

    def months(self, measure: Measure) -> str:
        """Return how long a measure usually takes."""
        return self.t.many("{count} month", "{count} months", measure.months)

    def measures(self, practice: Practice) -> list[tuple[Measure, MeasureWords]]:
        """Return the measures of a practice with their words."""
        said = self.of(practice).measures
        return [(measure, said[measure.id]) for measure in practice.measures]

    def about(self, measure: Measure, words: MeasureWords) -> list[str]:
        """Return what is said of a measure: its duration, its first output, its indicator."""
        t = self.t
        return [
            t("Usual duration: {duration}", duration=self.months(measure)),
            t("First output: {output}", output=words.output),
            t(
                "Indicator: {indicator} ({unit}), {direction}",
                indicator=words.indicator,
                unit=words.unit,
                direction=wording.directions(self.t)[measure.direction],
            ),
        ]

    def line(self, line: Line) -> str:
        """Return a line of evidence behind its kind."""
        return self.t("{kind}: {what}", kind=line.kind, what=line.said) if line.kind else line.said

    def facts(self, practice: Practice) -> list[tuple[str, list[str]]]:
        """Return what else is said of a practice: each fact's name and its lines, one or more."""
        t = self.t
        facts = [
            (t("Who would know"), [self.owners(practice)] if practice.owner else []),
            (t("Openings it closes"), [self.openings(practice)] if practice.drivers else []),
            (t("The remedy lies"), [self.powers[practice.power]]),
            (t("Commitments"), self.commitments(practice)),
            (t("Provisions it serves"), self.references(practice)),
        ]
        return [(name, lines) for name, lines in facts if lines]

    def scales(self) -> list[tuple[str, Scale]]:
        """Return the scales that practices are answered on."""
        used = {practice.scale for practice in self.questionnaire.practices.values()}
        return [(name, scale) for name, scale in self.questionnaire.structure.scales.items() if name in used]

    def asked_for(self, group: Group) -> str:
        """Return the heading of a group of evidence."""
        t = self.t
        if not group.label:
            return t("What a reviewer would ask to see")
        return t("What a reviewer would ask to see for {steps}", steps=group.label)


def content_of(t: Translator, questionnaire: Questionnaire) -> Content:
    """Return the questionnaire in the reader's language, or in its own when it does not speak that."""
    offered = t.language in questionnaire.languages
    return Content(t, questionnaire, t.language if offered else questionnaire.structure.default_language)
