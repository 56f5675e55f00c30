"""Reference data: every WCO Member with its region, and the codes kept for fictional administrations."""

import csv
from enum import StrEnum
from functools import cache
from pathlib import Path

from questionnaires.problems import N_

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
    return len(code) == 2 and code.isascii() and code.isupper() and code[0] == "X" and code not in members()
