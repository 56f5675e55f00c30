"""The sample: twelve fictional administrations and their rounds, loaded through the services, all or none."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from arusha.access.rules import Actor
from arusha.assessments import asking, service
from arusha.assessments.rules import Entry
from arusha.store import Store
from scoring.answers import read_answers

HOME = Path(__file__).parents[2] / "sample_data"


def read(home: Path = HOME) -> Iterator[Entry]:
    """Yield every round of the sample, by administration and year; raise ``Refused`` for a faulty file."""
    administrations = tomllib.loads((home / "administrations.toml").read_text(encoding="utf-8"))
    with (home / "rounds.csv").open(encoding="utf-8", newline="") as source:
        rows = sorted(csv.DictReader(source), key=lambda row: (row["administration"], row["year"]))
    for row in rows:
        yield _entry(home, row, administrations[row["administration"]])


def _entry(home: Path, row: Mapping[str, str], about: Mapping[str, str]) -> Entry:
    asked = asking.asked(row["administration"], row["edition"], row["form"], int(row["year"]))
    path = home / "answers" / f"{row['administration']}_{row['year']}.csv"
    opened = datetime(int(row["year"]), 8, 1, 9, tzinfo=UTC)
    return Entry(
        administration=row["administration"],
        name=about["name"],
        region=about["region"],
        edition=row["edition"],
        year=int(row["year"]),
        form=row["form"],
        answers=read_answers(asked.questionnaire, path.read_bytes(), path.name, in_round=True),
        signed_by=row["signed_by"] if row["state"] == "signed" else "",
        opened_at=opened,
        answered_at=opened + timedelta(days=60),
        signed_at=opened + timedelta(days=103),
    )


def stories(home: Path = HOME) -> dict[str, str]:
    """Return code -> what happened in that fictional administration over the years."""
    administrations = tomllib.loads((home / "administrations.toml").read_text(encoding="utf-8"))
    return {code: about["story"] for code, about in administrations.items()}


def load(actor: Actor, store: Store, home: Path = HOME) -> int:
    """Load what is missing of the sample into a database of its own; return how many rounds came in.

    Two loads at once wait for each other, and the second finds everything there.
    """
    there = {(found.administration, found.edition, found.year) for found in service.rounds(actor, store)}
    missing = [e for e in read(home) if (e.administration, e.edition, e.year) not in there]
    return service.enter_rounds(actor, store, missing) if missing else 0
