"""What an administration is, and what may be registered."""

from dataclasses import dataclass

from arusha import texts
from arusha.i18n import Translator
from arusha.members.reference import Region, is_fictional, meant, members
from questionnaires.problems import N_, Problem, printable

LONGEST_NAME = 120  # characters


@dataclass(frozen=True)
class Administration:
    """A customs administration: ISO 3166 code, WCO region, and a name of its own where CLDR has none."""

    code: str
    region: Region
    own_name: str = ""

    @property
    def fictional(self) -> bool:
        """Return whether this is an invented administration, such as those of the sample."""
        return is_fictional(self.code)

    def name(self, t: Translator) -> str:
        """Return the name in the reader's language; a fictional one is always marked as such."""
        if self.fictional:
            return t("{name} (fictional)", name=self.own_name or self.code)
        return t.territory(self.code) or self.own_name or self.code


def faults_of(code: str, region: str, name: str) -> list[Problem]:
    """Return what stands against registering this administration."""
    if code in members():
        return []
    if not is_fictional(code):
        return [_unknown(code)]
    return [*_faults_of_region(code, region), *_faults_of_name(code, name.strip())]


def _unknown(code: str) -> Problem:
    fault = N_("{code} is not the code of a WCO Member.")
    remedy = N_("Use the two-letter ISO 3166 code in capitals, or XA to XZ for a fictional administration.")
    said = printable(code, 20)
    if near := meant(code):
        remedy = N_("Did you mean {meant}?")
    return Problem(said or "administration", fault, remedy, {"code": said, "meant": near})


def _faults_of_region(code: str, region: str) -> list[Problem]:
    if region in set(Region):
        return []
    fault = N_("A fictional administration needs one of the WCO's regions.")
    return [Problem(code, fault, N_("Use one of: {known}."), {"known": ", ".join(Region)})]


def _faults_of_name(code: str, name: str) -> list[Problem]:
    if not name:
        fault = N_("A fictional administration needs a name.")
        return [Problem(code, fault, N_("Give it an invented name."))]
    return texts.faults_of(code, name, LONGEST_NAME)
