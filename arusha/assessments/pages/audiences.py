"""Who may see what is shared, in words, the same on every page."""

from collections.abc import Mapping

from arusha.access.rules import Audience
from arusha.i18n import Translator
from arusha.members.reference import REGION_NAMES, Region
from questionnaires.problems import N_

NAMES: Mapping[Audience, str] = {
    Audience.NATIONAL: N_("National only"),
    Audience.REGION: N_("Regional office"),
    Audience.WCO: N_("WCO staff"),
    Audience.MEMBERS: N_("All Members, in aggregates"),
    Audience.PUBLIC: N_("Everyone here"),
}
MEANT: Mapping[Audience, str] = {
    Audience.NATIONAL: N_("Nobody outside your administration."),
    Audience.REGION: N_("The WCO's regional office for: {region}."),
    Audience.WCO: N_(
        "Also WCO analysts, programme managers, and the reviewers who were asked to look at your "
        "administration."
    ),
    Audience.MEMBERS: N_(
        "Also all others, but never by name: the value of a factor is counted together with those of at "
        "least four other administrations."
    ),
    Audience.PUBLIC: N_(
        "Also every other administration, regional office and reviewer who signs in here, with the name of "
        "your administration."
    ),
}


def name(t: Translator, audience: Audience) -> str:
    """Return what an audience is called."""
    return t(NAMES[audience])


def meant(t: Translator, audience: Audience, region: str) -> str:
    """Return who an audience is, beside those of the narrower audiences."""
    return t(MEANT[audience], region=t(REGION_NAMES[Region(region)]))
