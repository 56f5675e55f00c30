"""The sample: twelve fictional administrations and their rounds, loaded through the services."""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from arusha.access.rules import Actor
from arusha.assessments import service
from arusha.store import Store
from questionnaires import loading
from scoring.answers import Answer, read_answers

HOME = Path(__file__).parents[2] / "sample_data"


@dataclass(frozen=True)
class SampleRound:
    """One round of the sample as its files describe it."""

    administration: str
    name: str
    region: str
    edition: str
    year: int
    signed_by: str
    answers: tuple[Answer, ...]


def read(home: Path = HOME) -> Iterator[SampleRound]:
    """Yield every round of the sample, by administration and year; raise ``Refused`` for a faulty file."""
    administrations = tomllib.loads((home / "administrations.toml").read_text(encoding="utf-8"))
    with (home / "rounds.csv").open(encoding="utf-8", newline="") as source:
        rows = sorted(csv.DictReader(source), key=lambda row: (row["administration"], row["year"]))
    for row in rows:
        code, year = row["administration"], row["year"]
        path = home / "answers" / f"{code}_{year}.csv"
        answers = read_answers(loading.edition(row["edition"]), path.read_bytes(), path.name, in_round=True)
        about = administrations[code]
        signed_by = row["signed_by"] if row["state"] == "signed" else ""
        yield SampleRound(code, about["name"], about["region"], row["edition"], int(year), signed_by, answers)


def stories(home: Path = HOME) -> dict[str, str]:
    """Return code -> what happened in that fictional administration over the years."""
    administrations = tomllib.loads((home / "administrations.toml").read_text(encoding="utf-8"))
    return {code: about["story"] for code, about in administrations.items()}


def load(actor: Actor, store: Store, home: Path = HOME) -> int:
    """Load what is missing of the sample into a database of its own; return how many rounds came in."""
    there = {(found.administration, found.edition, found.year) for found in service.rounds(actor, store)}
    missing = [r for r in read(home) if (r.administration, r.edition, r.year) not in there]
    for sample in missing:
        _load_one(actor, store, sample)
    return len(missing)


def _load_one(actor: Actor, store: Store, sample: SampleRound) -> None:
    opened = datetime(sample.year, 8, 1, 9, tzinfo=UTC)
    code, edition, year = sample.administration, sample.edition, sample.year
    about = {"region": sample.region, "name": sample.name}
    round_ = service.open_round(actor, store, code, edition, year, at=opened, **about)
    service.import_answers(actor, store, round_.id, sample.answers, at=opened + timedelta(days=60))
    if sample.signed_by:
        service.sign(actor, store, round_.id, sample.signed_by, at=opened + timedelta(days=103))
