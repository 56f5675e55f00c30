"""Whether what is measured can be measured: unit, baseline, target, wording, and values that are due."""

import re
from collections.abc import Iterator

from arusha.plans.checkup.findings import Finding, Looked, of_part
from arusha.plans.model import Indicator
from arusha.plans.progress.benchmarks import benchmarks
from questionnaires.problems import N_

# Words of change name a direction, not a quantity: without a unit two readers count different things.
# They are those in which unmeasurable indicators of work plans begin; see "improvement in advertising".
VAGUE = {
    "en": (
        "improve improves improved improving improvement improvements increase increases increased "
        "increasing better best more greater enhance enhances enhanced enhancing enhancement "
        "strengthen strengthens strengthened strengthening raise raised raising growth reduce reduced "
        "reducing reduction decrease decreased less fewer effective efficient adequate appropriate "
        "sufficient progress quality"
    ),
    "fr": (
        "amélioration améliorations amélioré améliorée améliorés améliorées améliorer renforcement renforcé "
        "renforcée renforcés renforcées renforcer augmentation augmenté augmentée augmenter accroissement "
        "accroître accru accrue meilleur meilleure meilleurs meilleures mieux davantage plus développement "
        "réduction réduire réduit réduite diminution diminuer moins efficace efficaces adéquat adéquate "
        "approprié appropriée suffisant suffisante progrès qualité"
    ),
}
WORD = re.compile(r"[^\W\d_]+")
OPENING = 3  # a vague wording begins with such a word, at most after an article and an adjective


def is_vague(title: str) -> bool:
    """Return whether a title opens with a word of change or praise, in English or French."""
    words = set(" ".join(VAGUE.values()).split())
    return any(word in words for word in WORD.findall(title.casefold())[:OPENING])


def unmeasurable(looked: Looked) -> Iterator[Finding]:
    """Find indicators without a unit; one whose wording is vague too is told so."""
    for one in looked.indicators():
        if one.unit:
            continue
        if is_vague(one.title):
            fault = N_("It cannot be measured: the words name a direction, and there is no unit to count in.")
            remedy = N_("Say what is counted, and in which unit: the share of …, the number of …, days.")
            yield of_part("vague_indicator", one, fault, remedy)
        else:
            fault = N_("The indicator has no unit, so it cannot be measured.")
            yield of_part("no_unit", one, fault, N_("Give it a unit, such as %, days or number."))


def without_baseline(looked: Looked) -> Iterator[Finding]:
    """Find levels without a value to begin from; sums begin at zero and need none."""
    for one in looked.indicators():
        if not one.cumulative and looked.plan.figure(one.id, "baseline") is None:
            fault = N_("The indicator has no baseline, so no change can be seen.")
            yield of_part("no_baseline", one, fault, N_("Enter the value before the measure, with its day."))


def without_target(looked: Looked) -> Iterator[Finding]:
    """Find indicators without any target; where either direction can be good news none is asked for."""
    targets = {figure.subject for figure in looked.plan.current.values() if figure.kind == "target"}
    for one in looked.indicators():
        if one.direction != "ambiguous" and one.id not in targets:
            fault = N_("The indicator has no target, so nobody can say whether it was met.")
            yield of_part("no_target", one, fault, N_("Enter a target for at least one period."))


def unread_alone(looked: Looked) -> Iterator[Finding]:
    """Find ambiguous indicators that no other is read beside."""
    for one in looked.indicators():
        if one.direction == "ambiguous" and not one.read_with:
            fault = N_("It may go up for good and for bad reasons, and nothing is read beside it.")
            yield of_part("ambiguous_alone", one, fault, N_("Name the indicator to be read beside it."))


def late_benchmarks(looked: Looked) -> Iterator[Finding]:
    """Find targets whose day has passed without an actual."""
    for one in looked.plan.indicators:
        yield from _late(looked, one)


def _late(looked: Looked, indicator: Indicator) -> Iterator[Finding]:
    for benchmark in benchmarks(looked.plan, indicator, looked.today):
        target = benchmark.target
        if target is None or benchmark.actual or not benchmark.is_due or target.on >= looked.today:
            continue
        yield of_part(
            "late_benchmark",
            indicator,
            N_("The target of {period} was due on {day}, and no value is entered."),
            N_("Enter the value that was reached, with its source."),
            period=benchmark.period.label,
            day=target.on,
        )
