"""A language in which every sentence stands in ⟦…⟧: what stands outside was never translatable."""

import re
from collections.abc import Iterator, Mapping
from gettext import NullTranslations
from importlib import import_module

import pytest
from babel import Locale
from pydantic import BaseModel
from streamlit.testing.v1 import AppTest

from arusha import settings
from arusha.access.rules import LOCAL
from arusha.assessments import asking, service
from arusha.assessments import sample as sample_data
from arusha.i18n import offered, own_name
from arusha.members.reference import members
from arusha.store import open_store
from questionnaires import loading
from tests.furnishing import EDITION, FAULTY, furnish
from tests.visiting import LOCAL_PAGES as PAGES
from tests.visiting import SHELL, Listed, all_shown, shown, visit, went_wrong

ENGLISH = Locale.parse("en_001")
ANSWER, SIGN_OFF = (f"assessments/pages/{name}.py" for name in ("answer", "sign_off"))
PROFILE = "across/pages/profile.py"
REFERENCE = "reference/pages/reference.py"
CHANGES = SHELL.parent / "CHANGES.md"  # written in English, as the About page shows it
NAMES = {"Arusha toolkit", EDITION.id, "arusha-score-1", "and", "KE", LOCAL.id, "A. Signer, Director General"}
NAMES |= {own_name(tag) for tag in offered()} | {loading.STRUCTURE}
TYPED = {"This cannot exist here.", "The office is out of reach.", "Pay scales are set elsewhere."}
TYPED |= {"A reviewer asked for it.", "Since May."}
FACTOR = EDITION.factors[0]
STATES = ("half", "signed", "reopened", "short", "to confirm", "undetermined", "national", FAULTY)


class Bracketed(NullTranslations):
    """A catalogue that answers every sentence in brackets."""

    def gettext(self, message: str) -> str:
        """Return the sentence in brackets."""
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form that fits, in brackets."""
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict[str, str]]]:
    """Return state -> the query of a round in it, while every translator speaks in brackets."""
    translating = import_module("arusha.i18n.translator")
    with pytest.MonkeyPatch.context() as patch:
        own = furnish(tmp_path_factory.mktemp("bracketed"), patch)
        store = open_store(settings.read().sample_url)
        found = {round_.state: round_.id for round_ in service.rounds(LOCAL, store)}
        store.close()
        patch.setattr(translating, "_catalogue", lambda _language: Bracketed())
        of_sample = {f"sample, {state}": {"space": "sample", "round": name} for state, name in found.items()}
        yield {state: {"round": name} for state, name in own.items()} | of_sample


@pytest.fixture(scope="module")
def data(rounds: Mapping[str, object]) -> re.Pattern[str]:
    """Return what matches everything that is data: the questionnaire's words, names, days, places."""
    assert rounds
    now = settings.read()
    known = {*strings(EDITION.words("en")), *ENGLISH.territories.values(), *members(), *NAMES, *TYPED}
    known |= {name for width in ENGLISH.months["format"].values() for name in width.values()}
    known |= {*EDITION.practices}
    known |= {str(now.home), *sample_data.stories().values()}
    for one in sample_data.read():
        known |= {one.administration, one.name, one.signed_by}
        known |= {said for answer in one.answers for said in (answer.note, answer.reason)}
    national = loading.read(asking.SAMPLE / "XF" / EDITION.id)
    known |= {*strings(national.words("en"))}
    known |= {name.replace(".xf_", f".{code}_") for name in national.practices for code in ("et", "zm")}
    longest_first = sorted((_flat(text) for text in known if text.strip()), key=len, reverse=True)
    exact = "|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in longest_first)
    return re.compile(rf"{exact}|[0-9a-f]{{16,64}}|#[0-9A-F]{{6}}|/?\w+\.sqlite|[a-z]{{2}}\d{{4}}-\w{{6}}")


@pytest.mark.parametrize("state", ["sample, signed", "sample, open", *STATES])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "home")
def test_every_page_speaks_the_readers_language(
    page: Listed, state: str, rounds: Mapping[str, Mapping[str, str]], data: re.Pattern[str]
) -> None:
    assert left_in_english(visit(page.file, **rounds[state]), data) == []


@pytest.mark.parametrize("panel", ["not_applicable", "outside", "left_open", "before", "carried", "history"])
@pytest.mark.parametrize("state", ["half", "reopened", "to confirm", "undetermined"])
def test_every_panel_of_a_card_speaks_it(
    panel: str, state: str, rounds: Mapping[str, Mapping[str, str]], data: re.Pattern[str]
) -> None:
    query = rounds[state]
    session: dict[str, object] = {f"panel::{query['round']}:{p.id}": panel for p in FACTOR.practices}
    assert left_in_english(visit(ANSWER, session=session, **query), data) == []


@pytest.mark.parametrize("view", ["Radar", "Table"])
@pytest.mark.parametrize("number", ["", FACTOR.id])
def test_every_view_of_a_profile_speaks_it(
    view: str, number: str, rounds: Mapping[str, Mapping[str, str]], data: re.Pattern[str]
) -> None:
    session: dict[str, object] = {"view": f"⟦{view}⟧", "computed": True, "computed_factor": number}
    at = visit(PROFILE, session=session, **rounds["reopened"])
    assert left_in_english(at, data) == []
    assert "⟦Weight⟧" in all_shown(at)


@pytest.mark.parametrize(
    "query", [{"factor": FACTOR.id}, {"practice": FACTOR.practices[0].id}, {"words": "zzzz"}], ids=str
)
def test_every_part_of_the_reference_speaks_it(
    query: dict[str, str], rounds: object, data: re.Pattern[str]
) -> None:
    assert rounds
    at = visit(REFERENCE, session={"commitments": True}, **query)
    assert left_in_english(at, data) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "home")
def test_every_refusal_speaks_it(page: Listed, rounds: object, data: re.Pattern[str]) -> None:
    assert rounds
    assert left_in_english(visit(page.file, round="ke2020-aaaaaa"), data) == []


def test_what_is_not_translatable_is_found(rounds: object, data: re.Pattern[str]) -> None:
    assert rounds
    assert bare("Saved by the ⟦office⟧", data) == "Saved by the"
    assert bare("⟦{who} signed on ⟦a day⟧⟧ · Kenya · 21 November 2026 · 14:03", data) == ""


def left_in_english(at: AppTest, data: re.Pattern[str]) -> list[str]:
    """Return every text of a page that is neither in brackets nor data."""
    assert went_wrong(at) == []
    changes = _flat(CHANGES.read_text(encoding="utf-8"))
    found = [one for one in shown(at) if _flat(one.raw) != changes]
    assert any("⟦" in one.text for one in found)
    return [f"{one.kind}: {left}" for one in found if (left := bare(one.text, data))]


def bare(text: str, data: re.Pattern[str]) -> str:
    """Return the words of a text that stand neither in brackets nor are data."""
    before = ""
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
    left = data.sub(" ", _flat(re.sub(r":[a-z-]+\[", " ", text)))
    return _flat(left) if re.search(r"[^\W\d_]{2,}", left) else ""


def strings(value: object) -> Iterator[str]:
    """Yield every text within a model, a mapping or a sequence."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        yield from (said for name in type(value).model_fields for said in strings(getattr(value, name)))
    elif isinstance(value, Mapping):
        yield from (said for part in value.values() for said in strings(part))
    elif isinstance(value, list | tuple):
        yield from (said for part in value for said in strings(part))


def _flat(text: str) -> str:
    return " ".join(text.split())
