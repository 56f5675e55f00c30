"""A maturity profile as lines of text."""

from arusha.commands.telling import table
from arusha.i18n import Translator
from questionnaires.model import Questionnaire, Scale
from scoring.profile import FactorResult, Profile, shown


def profile_lines(t: Translator, questionnaire: Questionnaire, profile: Profile) -> list[str]:
    """Return a row for each factor: value on the axis of steps, its range, level and coverage."""
    steps = len(_longest(questionnaire, list(questionnaire.practices)).steps)
    words = questionnaire.words(t.language)
    heads = [t("Factor"), t("Value"), t("Range"), t("Level"), t("Answered")]
    rows = [
        [
            words.factors[factor.id].name,
            t.decimal(shown(factor.value, steps)),
            _range(t, factor.low, factor.high, steps),
            _level(t, questionnaire, factor),
            t.percent(factor.coverage),
        ]
        for factor in profile.factors
    ]
    whole = profile.overall
    value, between = t.decimal(shown(whole.value, steps)), _range(t, whole.low, whole.high, steps)
    rows.append([t("All factors (a convenience)"), value, between, "", t.percent(whole.coverage)])
    note = t("Values run from 0 to {top}, the steps of the scale.", top=steps - 1)
    return [*table([heads, *rows]), "", note]


def _range(t: Translator, low: float | None, high: float | None, steps: int) -> str:
    return "–" if low is None else f"{t.decimal(shown(low, steps))}–{t.decimal(shown(high, steps))}"


def _level(t: Translator, questionnaire: Questionnaire, factor: FactorResult) -> str:
    if factor.level is None:
        return "–"
    words = questionnaire.words(t.language)
    practices = [trace.id for trace in factor.practices]
    scale = _longest(questionnaire, practices)
    name = next(name for name, known in questionnaire.structure.scales.items() if known == scale)
    return f"{t.number(factor.level)} {words.scales[name][scale.steps[factor.level].id]}"


def _longest(questionnaire: Questionnaire, practices: list[str]) -> Scale:
    scales = [questionnaire.scale_of(questionnaire.practices[name]) for name in practices]
    return max(scales, key=lambda scale: len(scale.steps))
