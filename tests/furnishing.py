"""Rounds in every state, and the sample, for whoever visits pages."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from arusha import settings
from arusha.access.rules import LOCAL
from arusha.assessments import sample, service
from arusha.store import Store, open_store
from questionnaires import loading
from scoring.answers import Answer

EDITION = loading.edition(loading.editions()[-1])
PRACTICES = tuple(EDITION.practices)


def answered(practice: str, number: int = 2, **more: object) -> Answer:
    """Return an answer at a step, counted from 0 and taken round."""
    steps = EDITION.scale_of(EDITION.practices[practice]).steps
    return replace(Answer(practice, step=steps[number % len(steps)].id), **more)


def whole(**more: object) -> list[Answer]:
    """Return an answer to every practice."""
    return [answered(practice, number, **more) for number, practice in enumerate(PRACTICES)]


def half() -> list[Answer]:
    """Return answers to half of the practices, one of each kind among them."""
    kinds = [
        Answer(PRACTICES[0], not_applicable=True, reason="This cannot exist here."),
        Answer(PRACTICES[1], reason="The office is out of reach."),
        answered(PRACTICES[2], 1, outside=True, reason="Pay scales are set elsewhere."),
    ]
    return kinds + [answered(name, number) for number, name in enumerate(PRACTICES[3 : len(PRACTICES) // 2])]


def opened(store: Store, year: int, answers: Iterable[Answer], code: str = "KE") -> str:
    """Open a round with answers; return its id."""
    round_ = service.open_round(LOCAL, store, code, EDITION.id, year)
    service.import_answers(LOCAL, store, round_.id, answers)
    return round_.id


def furnish(home: Path, patch: pytest.MonkeyPatch) -> Mapping[str, str]:
    """Make ``home`` the program's home, with the sample and a round in each state; return state -> id."""
    patch.setenv("ARUSHA_HOME", str(home))
    now = settings.read()
    with_sample = open_store(now.sample_url)
    sample.load(LOCAL, with_sample)
    with_sample.close()
    store = open_store(now.database_url)
    states = {
        "empty": opened(store, 2021, []),
        "half": opened(store, 2022, half()),
        "signed": opened(store, 2023, whole()),
        "reopened": opened(store, 2024, whole()),
    }
    service.sign(LOCAL, store, states["signed"], "A. Signer, Director General")
    service.sign(LOCAL, store, states["reopened"], "A. Signer, Director General")
    service.reopen(LOCAL, store, states["reopened"], "A reviewer asked for it.")
    store.close()
    return states
