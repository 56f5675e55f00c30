"""The commitments of the Revised Arusha Declaration in our own words, for the translator.

The Declaration is cited by number only; ``questionnaires/README.md`` holds the same table for who writes.
"""

from collections.abc import Mapping
from types import MappingProxyType

from questionnaires.problems import N_

COMMITMENTS: Mapping[str, str] = MappingProxyType(
    {
        "1.1": N_("the head and the executives carry the first responsibility for preventing corruption"),
        "1.2": N_("the need for high integrity is stressed"),
        "1.3": N_("the effort lasts for years"),
        "1.4": N_("managers and supervisors lead, and answer for their own area"),
        "1.5": N_("managers are seen to act by the code"),
        "2.1": N_("laws and procedures are simple and in line with each other"),
        "2.2": N_("international conventions and standards are adopted"),
        "2.3": N_("practices are reviewed, red tape and double work removed"),
        "2.4": N_("duty rates are moderate where possible"),
        "2.5": N_("exemptions are few"),
        "2.6": N_("systems and procedures follow the Revised Kyoto Convention"),
        "3.1": N_("clients can know beforehand what to expect"),
        "3.2": N_("rules are public and easy to find"),
        "3.3": N_("rules are the same everywhere"),
        "3.4": N_("the grounds for using discretion are defined"),
        "3.5": N_("decisions can be appealed against and reviewed"),
        "3.6": N_("a charter says what service to expect"),
        "4.1": N_("automation removes openings for corruption"),
        "4.2": N_("decisions leave a trail that can be reviewed"),
        "4.3": N_("systems limit discretion"),
        "4.4": N_("systems limit meetings face to face"),
        "4.5": N_("systems limit the handling of money"),
        "5.1": N_("nobody gains by leaving the official way"),
        "5.2": N_("reform covers all that Customs does"),
        "5.3": N_("the Revised Kyoto Convention guides reform"),
        "6.1": N_("internal checks prevent and detect"),
        "6.2": N_("there is audit from inside and from outside"),
        "6.3": N_("misconduct is investigated and prosecuted"),
        "6.4": N_("encouragement and punishment are in balance"),
        "6.5": N_("staff, clients and the public are encouraged to report"),
        "6.6": N_("reports are examined quickly and fully"),
        "6.7": N_("those who report are protected"),
        "6.8": N_("large cases can go to an independent body"),
        "7.1": N_("there is a complete code, issued and accepted"),
        "7.2": N_("the code is practical and clear"),
        "7.3": N_("the code states penalties that fit the breach"),
        "7.4": N_("law and administrative rules stand behind the penalties"),
        "8.1": N_("pay and conditions allow a decent life"),
        "8.2": N_("people likely to act with integrity are recruited and kept"),
        "8.3": N_("selection and promotion go by merit"),
        "8.4": N_("nobody stays long in an exposed post"),
        "8.5": N_("training strengthens ethics from entry on"),
        "8.6": N_("appraisal strengthens integrity"),
        "9.1": N_("morale and pride in the service are high"),
        "9.2": N_("decisions on staff are seen as fair"),
        "9.3": N_("there are prospects of a career"),
        "9.4": N_("all levels take part in the work against corruption"),
        "9.5": N_("all levels accept a share of the responsibility"),
        "10.1": N_("relations with the private sector are open and productive"),
        "10.2": N_("clients accept their share of the responsibility"),
        "10.3": N_("agreements exist with trade bodies"),
        "10.4": N_("business has codes of conduct of its own"),
        "10.5": N_("penalties deter clients from paying bribes"),
    }
)
