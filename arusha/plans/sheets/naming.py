"""The words of tables that are read back: headings and statuses in every offered language, and synonyms."""

from collections.abc import Iterable, Iterator, Mapping

from arusha.i18n.translator import offered, translator
from arusha.plans.model import STATUSES, Status
from arusha.plans.sheets.grid import Names
from arusha.plans.tables.work_plan import COLUMNS, IMPACT, plain
from arusha.plans.wording import STATUS_NAMES

OTHER_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "number": ("No", "Nr", "N°", "Nº", "Number", "Numéro"),
    "activity": ("Activities", "Measure", "Action", "Activité", "Activités", "Mesure"),
    "stakeholders": ("Stakeholder", "Partners", "Parties prenantes", "Partie prenante", "Partenaires"),
    "output": ("Expected Outputs", "Output", "Outputs", "Produit attendu", "Produits attendus", "Extrant"),
    "status": ("State", "Statut", "État", "État d'avancement"),
    "indicator": ("Indicators", "Performance Indicator", "Indicateur", "Indicateurs"),
    "outcome": (
        *("Intended Outcomes", "Outcome", "Outcomes", "Expected Outcome"),
        *("Effet visé", "Effets visés", "Effet attendu", "Effet escompté", "Résultat visé"),
    ),
}
OTHER_STATUSES: Mapping[Status, tuple[str, ...]] = {
    "planned": ("not started", "to be started", "to start", "prévu", "prévue", "non commencé", "à faire"),
    "initiated": ("started", "begun", "commencé", "commencée", "lancé", "lancée", "initié", "initiée"),
    "ongoing": ("in progress", "under way", "underway", "continuous", "en cours", "permanent"),
    "done": (
        *("completed", "complete", "finished", "achieved", "implemented", "closed"),
        *("terminé", "terminée", "achevé", "achevée", "fait", "faite", "réalisé", "réalisée"),
    ),
    "paused": (
        "on hold",
        "suspended",
        "postponed",
        "delayed",
        "suspendu",
        "suspendue",
        "en pause",
        "reporté",
    ),
    "dropped": ("cancelled", "canceled", "abandoned", "annulé", "annulée", "abandonné", "abandonnée"),
}
OTHER_IMPACTS = ("Expected Impacts", "Impact", "Impact attendu", "Impacts attendus", "Impact escompté")
GOAL_WORDS = (
    *("strategic goal", "key goal", "goal", "strategic objective", "objective", "priority"),
    *("objectif stratégique", "objectif", "but", "axe stratégique", "axe", "priorité"),
)


def in_all_languages(sentence: str) -> tuple[str, ...]:
    """Return a sentence of the catalogue in every offered language, English first."""
    return tuple(dict.fromkeys(translator(language)(sentence) for language in offered()))


def headings() -> Names:
    """Return key of a column of the work plan -> its headings."""
    return {key: (*in_all_languages(name), *OTHER_HEADINGS[key]) for key, name in COLUMNS.items()}


def statuses() -> dict[str, Status]:
    """Return what may be written for a status, as ``plain`` -> the status."""
    return {plain(word): status for status in STATUSES for word in _words_of(status)}


def _words_of(status: Status) -> Iterator[str]:
    yield from (status, *in_all_languages(STATUS_NAMES[status]), *OTHER_STATUSES[status])


def impacts() -> tuple[str, ...]:
    """Return how a row with the expected impact begins, as ``plain``, the longest first."""
    return _longest_first((*in_all_languages(IMPACT), *OTHER_IMPACTS))


def goal_words() -> tuple[str, ...]:
    """Return the words that a goal's heading may begin with, as ``plain``, the longest first."""
    return _longest_first(GOAL_WORDS)


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({plain(word) for word in words}, key=lambda word: (-len(word), word)))
