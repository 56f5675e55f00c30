"""What every sheet of a plan's export is told: the plan, the day, the language, and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from openpyxl import Workbook

from arusha.exchange.long_tables import LongTable
from arusha.exchange.sheets import Footer
from arusha.i18n import Translator
from arusha.members.reference import is_fictional
from arusha.plans.checkup.checking import Finding, check
from arusha.plans.model import AnyPart, Indicator, Plan
from arusha.plans.progress import telling
from arusha.plans.progress.standings import Reading
from arusha.plans.wording import KIND_NAMES
from questionnaires.model import Questionnaire
from questionnaires.problems import printable
from scoring.answers import Answer

NAME_IN_CHARTS = 36  # characters


@dataclass(frozen=True)
class Content:
    """A plan to write; ``name`` is the administration's, ``tables`` are the long ones written so far."""

    t: Translator
    plan: Plan
    today: date
    asked: Questionnaire | None
    answers: Mapping[str, Answer] | None
    name: str
    book: Workbook
    tables: list[LongTable]

    @property
    def administration(self) -> str:
        """Return the administration's name, its code where nothing else is known."""
        code = self.plan.administration
        if self.name or not is_fictional(code):
            return self.name or self.t.territory(code) or code
        return self.t("{name} (fictional)", name=code)

    @property
    def fiction(self) -> str:
        """Return the warning of a sample, or nothing for a real administration."""
        if not is_fictional(self.plan.administration):
            return ""
        return self.t("Fictional sample: the administration, its people and its plan are invented.")

    @property
    def footer(self) -> Footer:
        """Return what stands below every printed page."""
        centre = self.t("Fictional sample") if self.fiction else self.administration
        page = self.t("Page {page} of {pages}", page="{page}", pages="{pages}")
        return Footer(self.plan.header.title, centre, page)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the plan check finds."""
        return check(self.plan, self.asked, self.answers, self.today, self.t.language)

    @cached_property
    def goal_names(self) -> dict[str, str]:
        """Part id -> how its goal is called where room is scarce, '' for a part without a goal."""
        found = ((part.id, self.plan.goal_of(part.id)) for part in self.plan.parts)
        return {part: self.short(goal) if goal else "" for part, goal in found}

    def short(self, part: AnyPart) -> str:
        """Return a part's number and the beginning of its title, in one line."""
        title = part.title or self.t(KIND_NAMES[part.kind])
        return printable(f"{part.number} {' '.join(title.split())}".strip(), NAME_IN_CHARTS)

    def named(self, part_id: str) -> str:
        """Return how another part is called in a cell: its number and title; '' for none."""
        part = self.plan.by_id.get(part_id)
        return f"{part.number} {part.title}".strip() if part else ""

    def unit(self, indicator: Indicator) -> str:
        """Return the unit, or that there is none."""
        return indicator.unit or self.t("no unit")

    def why(self, reading: Reading) -> str:
        """Return in words why something stands where it stands, and what a person set in its place."""
        said = telling.told(self.t, reading.sentence, reading.values)
        if reading.override is None:
            return said
        computed = self.t("By the rule: {standing}.", standing=self.t(_name(reading)))
        set_aside = self.t("Set by a person on {day}:", day=self.t.day(reading.override.on))
        return f"{set_aside}\n{reading.override.text}\n{computed} {said}"

    def question(self, practice: str) -> str:
        """Return what a practice asks; its id where the questionnaire has no words for it."""
        words = self.asked.words(self.t.language).practices.get(practice) if self.asked else None
        return words.question if words else practice

    def step(self, practice: str, step: str) -> str:
        """Return the name of a step of a practice's scale; its id where the questionnaire has none."""
        if self.asked is None or practice not in self.asked.practices:
            return step
        scale = self.asked.practices[practice].scale
        return self.asked.words(self.t.language).scales.get(scale, {}).get(step, step)


def _name(reading: Reading) -> str:
    """Return what the standing that the rule computed is called."""
    return replace(reading, standing=reading.computed).name
