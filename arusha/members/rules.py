"""What an administration is, and what may be registered."""

from dataclasses import dataclass

from arusha.i18n import Translator
from arusha.members.reference import Region, is_fictional, members
from questionnaires.problems import N_, Problem, near


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
    known = members()
    if code in known:
        return []
    if not is_fictional(code):
        meant = near(code, known)
        fault = N_("{code} is not the code of a WCO Member.")
        remedy = N_(
            "Use the two-letter ISO 3166 code in capitals, or XA to XZ for a fictional administration."
        )
        return [Problem(code or "administration", fault, remedy, {"code": code, "meant": meant})]
    problems = []
    if region not in set(Region):
        values = {"known": ", ".join(Region)}
        fault = N_("A fictional administration needs one of the WCO's regions.")
        problems.append(Problem(code, fault, N_("Use one of: {known}."), values))
    if not name.strip():
        fault = N_("A fictional administration needs a name.")
        problems.append(Problem(code, fault, N_("Give it an invented name.")))
    return problems
