"""What every sheet of a profile's workbook is told: whose profile, in which words, on which steps."""

from dataclasses import dataclass
from functools import cached_property

from arusha.assessments.comparing import Exported
from arusha.assessments.frames import common_scale
from arusha.exchange.cells import FOUR_DECIMALS, ONE_DECIMAL, Number
from arusha.exchange.sheets import Footer
from arusha.i18n import Translator
from questionnaires.model import LanguageWords, Questionnaire, Scale
from scoring.profile import FactorResult, PracticeTrace, Profile, shown


@dataclass(frozen=True)
class Content:
    """A profile to write, and the reader's language."""

    t: Translator
    exported: Exported

    @property
    def profile(self) -> Profile:
        """Return the profile."""
        return self.exported.seen.profile

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The edition that was answered."""
        return self.exported.seen.questionnaire

    @cached_property
    def words(self) -> LanguageWords:
        """The edition's words, in the reader's language or its own."""
        return self.questionnaire.words(self.t.language)

    @cached_property
    def previous(self) -> Profile | None:
        """The profile of the round before, if there is one that asked the same practices."""
        before = self.exported.before
        return before.profile if before and before.asks_the_same else None

    @cached_property
    def scale_id(self) -> str:
        """The id of the scale that most practices are answered on."""
        return common_scale(self.questionnaire)[0]

    @property
    def scale(self) -> Scale:
        """Return the scale that most practices are answered on: its steps name the axis."""
        return self.questionnaire.structure.scales[self.scale_id]

    @property
    def top(self) -> int:
        """Return the number of the last step, where the axis ends."""
        return len(self.scale.steps) - 1

    @property
    def administration(self) -> str:
        """Return the administration's name."""
        return self.exported.administration.name(self.t)

    @property
    def previous_year(self) -> str:
        """Return the year of the round before, marked when that round is not signed off."""
        before = self.exported.before
        if before is None:
            return ""
        year = str(before.round.year)
        return year if before.round.signed else self.t("{year} (not signed off)", year=year)

    @property
    def fiction(self) -> str:
        """Return the warning of a sample, or nothing for a real administration."""
        if not self.exported.administration.fictional:
            return ""
        return self.t("Fictional sample: the administration, its people and its answers are invented.")

    @property
    def footer(self) -> Footer:
        """Return what stands below every printed page."""
        about = f"{self.administration}, {self.exported.seen.round.year}"
        centre = self.t("Fictional sample") if self.fiction else ""
        return Footer(about, centre, self.t("Page {page} of {pages}", page="{page}", pages="{pages}"))

    def number(self, factor: FactorResult) -> int:
        """Return a factor's number in the edition."""
        return self.questionnaire.factor(factor.id).number

    def name(self, factor: FactorResult) -> str:
        """Return a factor's name."""
        return self.words.factors[factor.id].name

    def short(self, factor: FactorResult) -> str:
        """Return a factor's number and its name where room is scarce."""
        words = self.words.factors[factor.id]
        return f"{self.number(factor)} {words.short or words.name}"

    def step_name(self, trace: PracticeTrace) -> str:
        """Return the name of the step a practice is at, or nothing."""
        if trace.step is None:
            return ""
        return self.words.scales[self.questionnaire.practices[trace.id].scale][trace.step]

    def state(self, trace: PracticeTrace) -> str:
        """Return the state of an answer in words."""
        t = self.t
        said = {
            "answered": t("Answered"),
            "not_applicable": t("Not applicable"),
            "open_with_reason": t("Left open with a reason"),
            "unanswered": t("Open"),
        }
        return said[trace.state]

    def yes(self, is_so: bool) -> str:
        """Return yes, or nothing."""
        return self.t("yes") if is_so else ""

    def on_steps(self, value: float | None) -> Number:
        """Return a value of 0..1 as it is displayed: on the axis of steps, to one decimal."""
        said = shown(value, self.top + 1)
        return Number(None if said is None else float(said), ONE_DECIMAL)

    def axis(self) -> str:
        """Return the steps' names with their place on the axis: ``0 Absent  ·  1 Designed`` and so on."""
        names = self.words.scales[self.scale_id]
        return "  ·  ".join(f"{self.place(step.value)} {names[step.id]}" for step in self.scale.steps)

    def place(self, value: float) -> str:
        """Return where a step's value lies on the axis, without a decimal that says nothing."""
        exact = value * self.top
        return self.t.number(round(exact) if abs(exact - round(exact)) < 1e-9 else shown(value, self.top + 1))


def exact(value: float | None) -> Number:
    """Return a number as it is computed; four decimals are shown, the cell holds all of them."""
    return Number(value, FOUR_DECIMALS)
