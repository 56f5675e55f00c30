"""What an account belongs to, in words: administrations, regions of the WCO, factors."""

from collections.abc import Iterable, Mapping

from arusha.i18n import Translator
from questionnaires import loading
from questionnaires.problems import N_

REGION_NAMES: Mapping[str, str] = {
    "americas": N_("South America, North America, Central America and the Caribbean"),
    "europe": N_("Europe"),
    "east_southern_africa": N_("East and Southern Africa"),
    "north_africa_near_middle_east": N_("North of Africa, Near and Middle East"),
    "west_central_africa": N_("West and Central Africa"),
    "asia_pacific": N_("Far East, South and South East Asia, Australasia and the Pacific Islands"),
}
KOSOVO = "XK"


def administration(t: Translator, code: str) -> str:
    """Return the name of an administration with its code; of a fictional one (XA to XZ) the code."""
    name = None if code.startswith("X") and code != KOSOVO else t.territory(code)
    return f"{name} ({code})" if name else code


def region(t: Translator, name: str) -> str:
    """Return a region in words."""
    return t(REGION_NAMES[name]) if name in REGION_NAMES else name


def factors(t: Translator) -> dict[str, str]:
    """Return id -> name of the factors of every edition, those of the newest last named."""
    names: dict[str, str] = {}
    for edition in map(loading.edition, loading.editions()):
        words = edition.words(t.language).factors
        names |= {factor.id: words[factor.id].name for factor in edition.factors}
    return names


def factors_in_words(t: Translator, ids: Iterable[str]) -> str:
    """Return factors by name, as the language joins them."""
    known = factors(t)
    wanted = set(ids)
    named = [name for one, name in known.items() if one in wanted]
    return t.joined([*named, *sorted(wanted - known.keys())])
