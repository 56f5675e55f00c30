"""Reference data: every WCO Member with its region, and the codes kept for fictional administrations."""

import csv
from enum import StrEnum
from functools import cache
from pathlib import Path

from babel.core import get_global

from questionnaires.problems import N_, near

FILE = Path(__file__).with_name("reference.csv")


class Region(StrEnum):
    """The six regions of the WCO."""

    AMERICAS = "americas"
    EUROPE = "europe"
    EAST_SOUTHERN_AFRICA = "east_southern_africa"
    NORTH_AFRICA_NEAR_MIDDLE_EAST = "north_africa_near_middle_east"
    WEST_CENTRAL_AFRICA = "west_central_africa"
    ASIA_PACIFIC = "asia_pacific"


REGION_NAMES = {
    Region.AMERICAS: N_("South America, North America, Central America and the Caribbean"),
    Region.EUROPE: N_("Europe"),
    Region.EAST_SOUTHERN_AFRICA: N_("East and Southern Africa"),
    Region.NORTH_AFRICA_NEAR_MIDDLE_EAST: N_("North of Africa, Near and Middle East"),
    Region.WEST_CENTRAL_AFRICA: N_("West and Central Africa"),
    Region.ASIA_PACIFIC: N_("Far East, South and South East Asia, Australasia and the Pacific Islands"),
}


@cache
def members() -> dict[str, Region]:
    """Return ISO 3166 code -> region of every WCO Member (XK is Kosovo, EU the European Union)."""
    with FILE.open(encoding="utf-8", newline="") as source:
        return {row["code"]: Region(row["region"]) for row in csv.DictReader(source)}


def is_fictional(code: str) -> bool:
    """Return whether a code is one of ISO's user-assigned XA..XZ that no Member bears."""
    letters = code.isascii() and code.isalpha() and code.isupper()
    return len(code) == 2 and letters and code[0] == "X" and code not in members()


def meant(code: str) -> str:
    """Return the code that was probably meant, or ''.

    In small letters, with three letters (KEN), no longer in use (UK, as CLDR's aliases have it), or mistyped.
    """
    written = code[:20].strip()
    capitals = written.upper()
    aliases = get_global("territory_aliases").get(capitals, ())
    known = [one for one in (capitals, *aliases[:1]) if one in members() or is_fictional(one)]
    return known[0] if known else near(written, members())
