"""Nothing that anybody types on a server, nor who they are, is found in what the server writes down."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page
from websockets.exceptions import WebSocketException

from arusha.access.people import accounts
from arusha.access.rules import LOCAL
from arusha.access.web import logs
from arusha.assessments import service
from questionnaires.loading import edition
from tests.access.web.world import Tab, Visitor, store_in
from tests.browser.walking import card, choose, note, open_factor
from tests.browsing import Server

pytestmark = pytest.mark.browser
MARK = "canary7f3a"
NAME, PASSWORD = f"{MARK} Kanyama", "qx7vb2 herons over Lamu 41"
FACTOR = "leadership"
PRACTICE = edition("arusha_2026").factor(FACTOR).practices[0].id


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    home = tmp_path / "home"
    with closing(store_in(home)) as store:
        accounts.add(LOCAL, store, NAME, "coordinator", administration="XA", password=PASSWORD)
        service.open_round(LOCAL, store, "XA", "arusha_2026", 2026, region="europe", name=f"{MARK} Customs")
    made = Server(home=home, ARUSHA_MODE="server")
    made.start("--logger.hideWelcomeMessage", "true")
    yield made
    made.stop()


def knock(server: Server) -> None:
    """Try everything a stranger can send, with the mark in it."""
    visitor = Visitor(server)
    marked = {
        "user_agent": MARK,
        "referer": f"{server.url}/{MARK}",
        "x_arusha_session": MARK,
        "x_real_ip": MARK,
    }
    for path in (
        "/", f"/{MARK}", f"/answer?round={MARK}", f"/auth/invitation?token={MARK}", f"/auth/{MARK}",
        f"/auth/sign-in?next=/answer?round={MARK}", f"/auth/oidc?invitation={MARK}", f"/files/{MARK}.xlsx",
        f"/auth/oidc/back?state={MARK}&code={MARK}", f"/media/{MARK}", f"/_stcore/upload_file/{MARK}/{MARK}",
        f"/static/{MARK}", f"/_stcore/{MARK}", f"/%00{MARK}", "/healthz", "/readyz",
    ):  # fmt: skip
        visitor.get(path, cookie=f"arusha={MARK}{'x' * 43}", **marked)
    for path in ("/auth/sign-in", "/auth/invitation", "/auth/password", "/auth/second-step/prove"):
        visitor.post(
            path, {"name": MARK, "password": MARK, "code": MARK, "token": MARK, "new": MARK}, **marked
        )
        visitor.post(path, {"name": MARK}, origin=f"http://{MARK}.example")
    visitor.sign_in(NAME, MARK)
    visitor.http.request(MARK.upper(), f"/{MARK}")
    visitor.http.post("/auth/sign-in", content=MARK * 5000, headers={"origin": server.url})
    with suppress(WebSocketException), Tab(server, origin=f"http://{MARK}.example", resume=MARK):
        pass


def answer(page: Page, server: Server) -> None:
    """Sign in, answer a practice with a note, and sign out, as a person does."""
    page.goto(f"{server.url}/auth/sign-in")
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{server.url}/**")
    open_factor(page, server, _round_of(server), FACTOR)
    choose(card(page, PRACTICE), "Partly")
    note(card(page, PRACTICE)).click()
    page.keyboard.type(f"{MARK} note")
    page.keyboard.press("Tab")
    until = time.monotonic() + 15
    while MARK not in str(_one(server, "SELECT group_concat(note) FROM answers")):
        assert time.monotonic() < until, "the note was not saved"
        page.wait_for_timeout(100)
    page.goto(f"{server.url}/auth/account")


def _round_of(server: Server) -> str:
    return str(_one(server, "SELECT id FROM rounds"))


def _one(server: Server, statement: str) -> object:
    with closing(sqlite3.connect(server.home / "arusha.sqlite")) as database:
        return database.execute(statement).fetchone()[0]


def test_no_mark_of_a_whole_visit_is_written_down(page: Page, server: Server) -> None:
    knock(server)
    answer(page, server)
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "arusha")
    secrets = [str(_one(server, f"SELECT {part}")) for part in (
        "id FROM sessions", "token FROM sessions", "id FROM accounts", "id FROM rounds",
    )]  # fmt: skip
    server.stop()
    said = (server.home.parent / "home.log").read_text(encoding="utf-8")
    found = [json.loads(line) for line in said.splitlines()]
    assert all(set(line) <= set(logs.FIELDS) for line in found)
    paths = {line["path"] for line in found if "path" in line}
    assert {"/auth/sign-in", "/files/{id}", "/_stcore/stream", "/{page}", "/{other}"} <= paths
    assert {line["status"] for line in found if "status" in line} >= {101, 200, 303, 401, 403, 404}
    for secret in (MARK, MARK.upper(), PASSWORD[:6], token, *secrets):
        assert secret not in said


def test_the_mark_would_be_found(page: Page, server: Server) -> None:
    """The test above can fail: what the visit leaves in the database holds the mark."""
    knock(server)
    answer(page, server)
    kept = b"".join(file.read_bytes() for file in server.home.glob("arusha.sqlite*"))
    assert kept.count(MARK.encode()) > 2
    assert httpx.get(f"{server.url}/healthz").text == "ok"
