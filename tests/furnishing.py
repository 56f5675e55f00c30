"""Rounds in every state, and the sample, for whoever visits pages."""

import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from arusha import settings
from arusha.access.rules import LOCAL
from arusha.assessments import asking, sample, service
from arusha.assessments.pages.carried import change_of
from arusha.store import Store, open_store
from questionnaires import loading
from questionnaires.forms import in_form
from scoring.answers import Answer

SHIPPED = loading.HOME
EDITION = loading.edition(loading.editions()[-1])
PRACTICES = tuple(EDITION.practices)
CORE = tuple(in_form(EDITION, "short").practices)
FAULTY = "national, faulty"
"""The state of a round whose national practices cannot be read."""
NEXT = "arusha_test_next"
AMENDED = CORE[:3]
"""What the edition ``NEXT`` asks in other words than the one before."""


def answered(practice: str, number: int = 2, **more: object) -> Answer:
    """Return an answer at a step, counted from 0 and taken round."""
    steps = EDITION.scale_of(EDITION.practices[practice]).steps
    return replace(Answer(practice, step=steps[number % len(steps)].id), **more)


def whole(**more: object) -> list[Answer]:
    """Return an answer to every practice."""
    return [answered(practice, number, **more) for number, practice in enumerate(PRACTICES)]


def half(practices: tuple[str, ...] = PRACTICES) -> list[Answer]:
    """Return answers to half of the practices, one of each kind among them."""
    kinds = [
        Answer(practices[0], not_applicable=True, reason="This cannot exist here."),
        Answer(practices[1], reason="The office is out of reach."),
        answered(practices[2], 1, outside=True, reason="Pay scales are set elsewhere."),
    ]
    return kinds + [answered(name, number) for number, name in enumerate(practices[3 : len(practices) // 2])]


def opened(
    store: Store,
    year: int,
    answers: Iterable[Answer],
    code: str = "KE",
    form: str = "whole",
    edition: str = EDITION.id,
) -> str:
    """Open a round with answers; return its id."""
    round_ = service.open_round(LOCAL, store, code, edition, year, form=form)
    service.import_answers(LOCAL, store, round_.id, answers)
    return round_.id


def carried(store: Store, code: str, edition: str = EDITION.id) -> tuple[str, str]:
    """Answer the short form in one year, carry it over into the next; return the ids of both rounds."""
    earlier = opened(store, 2022, half(CORE), code, "short")
    later = opened(store, 2023, [], code, edition=edition)
    service.carry_over(LOCAL, store, later, earlier)
    return earlier, later


def confirm(store: Store, round_id: str) -> None:
    """Confirm everything that an earlier round proposes, as its button does."""
    receipt = service.sheet(LOCAL, store, round_id).receipt
    assert receipt is not None
    for row in receipt.rows:
        if row.proposed:
            service.save_answer(LOCAL, store, round_id, row.practice, change_of(row.proposed), 0)


def publish_next(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Let the program come with one more edition, which follows the present one and amends ``AMENDED``."""
    for edition in loading.editions():
        shutil.copytree(SHIPPED / edition, folder / edition)
    made = shutil.copytree(SHIPPED / EDITION.id, folder / NEXT)
    structure = (made / loading.STRUCTURE).read_text(encoding="utf-8")
    structure = structure.replace(f'id = "{EDITION.id}"', f'id = "{NEXT}"', 1)
    structure = re.sub(r"(?m)^follows = .*$", f'follows = "{EDITION.id}"', structure, count=1)
    structure = re.sub(r'(?m)^( *)id = "(\w+\.\w+)"$', _followed, structure)
    (made / loading.STRUCTURE).write_text(structure, encoding="utf-8")
    patch.setattr(loading, "HOME", folder)


def _followed(found: re.Match[str]) -> str:
    kind = "indirect" if found[2] in AMENDED else "same"
    return f'{found[0]}\n{found[1]}follows = {{ id = "{found[2]}", class = "{kind}" }}'


def ask_nationally(home: Path, code: str) -> Path:
    """Give an administration the sample's national practices as its own; return their folder."""
    folder = home / asking.FOLDER / code / EDITION.id
    shutil.copytree(asking.SAMPLE / "XF" / EDITION.id, folder)
    for path in folder.glob("*.toml"):
        said = path.read_text(encoding="utf-8").replace("xf_", f"{code.lower()}_")
        said = said.replace('administration = "XF"', f'administration = "{code}"')
        path.write_text(said.replace("since = 2025", "since = 2020"), encoding="utf-8")
    return folder


def furnish(home: Path, patch: pytest.MonkeyPatch) -> Mapping[str, str]:
    """Make ``home`` the program's home, with the sample and a round in each state; return state -> id."""
    patch.setenv("ARUSHA_HOME", str(home))
    publish_next(home.with_name(f"{home.name}_editions"), patch)
    now = settings.read()
    with_sample = open_store(now.sample_url)
    sample.load(LOCAL, with_sample)
    with_sample.close()
    store = open_store(now.database_url)
    states = _own(store) | _carrying(store) | _national(store, home)
    store.close()
    return states


def _own(store: Store) -> dict[str, str]:
    """Return rounds of one administration, as they go from empty to reopened."""
    states = {
        "empty": opened(store, 2021, []),
        "half": opened(store, 2022, half()),
        "signed": opened(store, 2023, whole()),
        "reopened": opened(store, 2024, whole()),
    }
    service.sign(LOCAL, store, states["signed"], "A. Signer, Director General")
    service.sign(LOCAL, store, states["reopened"], "A. Signer, Director General")
    service.reopen(LOCAL, store, states["reopened"], "A reviewer asked for it.")
    return states


def _carrying(store: Store) -> dict[str, str]:
    """Return a short round, and later ones that carry such a round's answers."""
    short, proposed = carried(store, "UG")
    _, confirmed = carried(store, "RW")
    confirm(store, confirmed)
    _, undetermined = carried(store, "TZ", NEXT)
    return {
        "short": short,
        "to confirm": proposed,
        "confirmed": confirmed,
        "undetermined": undetermined,
    }


def _national(store: Store, home: Path) -> dict[str, str]:
    """Return a round with national practices, and one whose national practices have a fault."""
    ask_nationally(home, "ET")
    faulty = ask_nationally(home, "ZM") / loading.STRUCTURE
    faulty.write_text(faulty.read_text(encoding="utf-8").replace('"maturity"', '"maturty"'), encoding="utf-8")
    answers = half()
    own = [Answer("reform.et_night_ferry", "partly", note="Since May.")]
    return {
        "national": opened(store, 2023, [*answers, *own], "ET"),
        FAULTY: opened(store, 2023, answers, "ZM"),
    }
