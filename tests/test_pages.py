"""Every page opens, whatever state the round is in and whatever was typed into it."""

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from streamlit.testing.v1.element_tree import ButtonGroup

from arusha import settings
from arusha.access.rules import LOCAL, Permission
from arusha.assessments import service
from arusha.store import Store, open_store
from questionnaires import loading
from questionnaires.problems import printable
from tests.furnishing import CORE, EDITION, FAULTY, PRACTICES, SHIPPED, answered, furnish, opened, whole
from tests.visiting import LOCAL_PAGES as PAGES
from tests.visiting import PAGES as EVERY_PAGE
from tests.visiting import ROOT, Listed, all_shown, refusals, registered, shown, visit, went_wrong

STATES = ("empty", "half", "signed", "reopened", "short", "to confirm", "confirmed", "undetermined")
STATES += ("national", FAULTY)
LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])
ANSWER, SIGN_OFF = (f"assessments/pages/{name}.py" for name in ("answer", "sign_off"))
PROFILE = "across/pages/profile.py"
FILES = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "home")
LOOKING = [page for page in PAGES if page.needs_round or page.path in ("", "gaps")]
"""Pages that look at the round in the address; the others look the same whatever becomes of it."""
OPENED = [(page, state) for page in PAGES for state in (STATES if page in LOOKING else ("half",))]
UNKNOWN = ["nowhere", "ke2022-aaaaaa", "' OR 1=1 --", "../../x", "<b>", "\u202e", "x" * 5000]
ASTRAY = [(page, round_id) for page in PAGES for round_id in (UNKNOWN if page in LOOKING else UNKNOWN[-2:])]
with (ROOT / "sample_data" / "rounds.csv").open(encoding="utf-8", newline="") as _source:
    SAMPLE = [(row["administration"], int(row["year"]), row["state"]) for row in csv.DictReader(_source)]

HOSTILE = {
    "image": "![x](https://evil.example/a.png)",
    "link": "[the rules](https://evil.example) and <https://evil.example>",
    "html": "<img src=x onerror=alert(1)><script>alert(1)</script></td></div>&lt;b&gt;",
    "formula": "=1+1",
    "right to left": "invoice\u202egnp.exe",
    "directives": ":red[red] :material/home: $x^2$ `code` **bold** ~~gone~~ a_b_c",
    "lists": "1. one # two - three > four | five",
    "values": "{name} %s {0} {{}}",
}
FORBIDDEN = {"img", "script", "iframe", "object", "code", "em", "s", "h1", "blockquote"}


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """Return state -> id of a round, with the sample beside."""
    with pytest.MonkeyPatch.context() as patch:
        yield furnish(tmp_path_factory.mktemp("furnished"), patch)


@pytest.fixture(scope="module")
def sample(states: Mapping[str, str]) -> dict[tuple[str, int], str]:
    """Return administration and year -> id of a round of the sample."""
    assert states
    store = open_store(settings.read().sample_url)
    found = {(r.administration, r.year): r.id for r in service.rounds(LOCAL, store)}
    store.close()
    return found


@pytest.fixture
def empty(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Return the empty database that pages of this test open, with the editions of the program."""
    monkeypatch.setattr(loading, "HOME", SHIPPED)
    store = open_store(settings.read().database_url)
    yield store
    store.close()
    assert home.exists()


def test_the_registry_names_the_permission_that_each_page_opens_with() -> None:
    assert {page.path: page.needs for page in EVERY_PAGE} == {
        page.path: Permission[page.permission].value for page in EVERY_PAGE
    }


def test_the_registry_is_what_streamlit_registers(empty: Store) -> None:
    at = visit(PAGES[0].file)
    assert registered(at) == {(page.path, page.file, page.title) for page in PAGES}
    assert empty.name


@FILES
def test_a_page_opens_on_an_empty_database(page: Listed, empty: Store) -> None:
    at = visit(page.file)
    assert went_wrong(at) == []
    assert bool(refusals(at)) == page.needs_round, refusals(at)
    assert not service.rounds(LOCAL, empty)


@LANGUAGES
@pytest.mark.parametrize(("page", "state"), OPENED, ids=lambda one: one if isinstance(one, str) else one.path)
def test_a_page_opens_in_every_state_of_a_round(
    page: Listed, state: str, language: str, states: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARUSHA_LANGUAGE", language)
    at = visit(page.file, round=states[state])
    assert went_wrong(at) == []
    assert bool(refusals(at)) == (state == FAULTY and page.file in (ANSWER, SIGN_OFF)), refusals(at)
    assert at.title


@pytest.mark.parametrize("state", STATES)
def test_a_reader_of_french_is_asked_in_french(
    state: str, states: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARUSHA_LANGUAGE", "fr")
    at = visit(ANSWER, round=states[state], factor="reform")
    words, asked = EDITION.words("fr"), CORE if state == "short" else PRACTICES
    names = [practice.id for practice in EDITION.factor("reform").practices if practice.id in asked]
    assert at.title[0].value == f"5 · {words.factors['reform'].name}"
    assert [_question(group) for group in at.segmented_control][: len(names)] == [
        words.practices[name].question for name in names
    ]
    said = all_shown(at)
    for name in names:
        assert all(step in said for step in words.practices[name].steps.values()), name


def _question(group: ButtonGroup) -> str:
    """Return the question of a scale, without the mark beside it."""
    return re.sub(r" :\w+-badge\[.*\]$", "", group.label).replace("\\", "")


@pytest.mark.parametrize("factor", [factor.id for factor in EDITION.factors])
def test_every_factor_has_its_page_with_a_card_for_each_practice(
    factor: str, states: Mapping[str, str]
) -> None:
    at = visit(ANSWER, round=states["half"], factor=factor)
    assert went_wrong(at) == []
    asked = [
        EDITION.words("en").practices[practice.id].question for practice in EDITION.factor(factor).practices
    ]
    assert [_question(group) for group in at.segmented_control] == asked


@pytest.mark.parametrize("panel", ["not_applicable", "outside", "left_open", "before", "carried", "history"])
@pytest.mark.parametrize("state", ["half", "reopened", "to confirm", "confirmed", "undetermined"])
def test_every_panel_of_a_card_opens(panel: str, state: str, states: Mapping[str, str]) -> None:
    first = EDITION.factors[0]
    session = {f"panel::{states[state]}:{practice.id}": panel for practice in first.practices}
    at = visit(ANSWER, session=dict(session), round=states[state], factor=first.id)
    assert went_wrong(at) == []


@pytest.mark.parametrize("view", ["Ladder", "Radar", "Table"])
@pytest.mark.parametrize("number", ["", EDITION.factors[0].id])
def test_every_view_of_a_profile_opens(view: str, number: str, states: Mapping[str, str]) -> None:
    session = {"view": view, "computed": True, "computed_factor": number}
    at = visit(PROFILE, session=dict(session), round=states["reopened"])
    assert went_wrong(at) == []


@pytest.mark.parametrize(("code", "year", "state"), SAMPLE)
def test_every_profile_of_the_sample_opens(
    code: str, year: int, state: str, sample: Mapping[tuple[str, int], str]
) -> None:
    at = visit(PROFILE, space="sample", round=sample[code, year])
    assert went_wrong(at) == []
    assert refusals(at) == []
    assert str(year) in at.title[0].value
    assert len(at.get("plotly_chart")) == 1
    assert any('class="bars"' in found.value for found in at.markdown)
    assert ("Not signed off yet" in all_shown(at)) == (state == "open")


@FILES
def test_the_sample_is_marked_as_fictional_on_every_page(
    page: Listed, sample: Mapping[tuple[str, int], str]
) -> None:
    at = visit(page.file, space="sample", round=next(iter(sample.values())))
    assert went_wrong(at) == []
    assert "every administration here is fictional" in all_shown(at)


@pytest.mark.parametrize(("page", "round_id"), ASTRAY)
def test_an_unknown_round_in_the_address_is_said_clearly(
    page: Listed, round_id: str, states: Mapping[str, str]
) -> None:
    at = visit(page.file, round=round_id)
    assert went_wrong(at) == []
    looks_at_a_round = page.needs_round or page.path == ""
    assert bool(refusals(at)) == looks_at_a_round
    assert states


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_address_is_shown_as_it_came(name: str, empty: Store) -> None:
    at = visit(ANSWER, round=HOSTILE[name])
    assert went_wrong(at) == []
    assert len(refusals(at)) == 1
    _is_verbatim(printable(HOSTILE[name]), at)  # a message shows what steers the direction of text as a mark
    assert not service.rounds(LOCAL, empty)


def test_an_unknown_factor_in_the_address_leads_to_the_first(states: Mapping[str, str]) -> None:
    at = visit(ANSWER, round=states["half"], factor="nothing")
    assert went_wrong(at) == []
    assert at.title[0].value.startswith("1 ")


def test_a_round_left_for_a_week_opens_where_it_was_left(states: Mapping[str, str]) -> None:
    third = EDITION.factors[2]
    visit(ANSWER, round=states["empty"], factor=third.id)
    at = visit(PAGES[0].file)
    labels = [button.label for button in at.button]
    assert any(EDITION.words("en").factors[third.id].name in label for label in labels), labels


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_shown_as_it_was_typed(name: str, empty: Store) -> None:
    text = HOSTILE[name]
    answers = whole(note=text)
    answers[0] = answered(PRACTICES[0], 1, note=text, reason=text, outside=True)
    round_id = opened(empty, 2024, answers)
    service.sign(LOCAL, empty, round_id, text)
    service.reopen(LOCAL, empty, round_id, text)
    panels: dict[str, object] = {
        f"panel::{round_id}:{PRACTICES[0]}": "history",
        f"panel::{round_id}:{PRACTICES[1]}": "outside",
    }
    for file, session in (
        (ANSWER, panels),
        (SIGN_OFF, {}),
        (PROFILE, {"computed": True, "computed_factor": EDITION.factors[0].id, "revision": 1}),
    ):
        at = visit(file, session=session, round=round_id)
        assert went_wrong(at) == []
        _is_verbatim(text, at)


def _is_verbatim(text: str, at: object) -> None:
    found = list(shown(at))  # type: ignore[arg-type]
    assert any(text in one.text for one in found), text
    for one in found:
        tags = {tag for tag, _ in one.tags}
        assert not tags & FORBIDDEN, one.raw
        assert all(str(given.get("href")).startswith("/") for tag, given in one.tags if tag == "a"), one.raw
        assert not any(name.startswith("on") for _, given in one.tags for name in given), one.raw
        if one.kind in ("markdown", "markup"):
            assert not re.search(r"(?<!\\):(red\[|material/)|(?<!\\)\$x", one.raw), one.raw
