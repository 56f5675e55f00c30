"""A person comes in over another site: their browser brings along what it has to, and no more is left."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from arusha.access.people import accounts, invitations
from arusha.access.rules import LOCAL
from tests.access.web.foreign import CLIENT, SECRET, Provider, running
from tests.access.web.world import store_in
from tests.browser.walking import SOON
from tests.browsing import Server

pytestmark = pytest.mark.browser
NAME = "Amina Kanyama"


@pytest.fixture
def foreign() -> Iterator[Provider]:
    """Return a provider on another site than the program: browsers tell localhost from 127.0.0.1."""
    made = Provider()
    with running(made.app) as address:
        made.issuer = address.replace("127.0.0.1", "localhost")
        yield made


def test_who_was_invited_comes_in_over_the_provider_and_once_more_by_its_button(
    browser: Browser, foreign: Provider, tmp_path: Path
) -> None:
    home, secret = tmp_path / "home", tmp_path / "secret"
    secret.write_text(SECRET, encoding="utf-8")
    with closing(store_in(home)) as store:
        accounts.add(LOCAL, store, NAME, "coordinator", administration="XA")
        token = invitations.invite(LOCAL, store, NAME).token
    settings = {
        "ARUSHA_MODE": "server",
        "ARUSHA_OIDC_ISSUER": foreign.issuer,
        "ARUSHA_OIDC_CLIENT": CLIENT,
        "ARUSHA_OIDC_SECRET_FILE": str(secret),
    }
    with Server(home=home, **settings) as server, closing(browser.new_context(locale="en-GB")) as context:
        page = context.new_page()
        page.goto(f"{server.url}/auth/invitation?token={token}")
        for _ in range(2):
            page.get_by_role("link", name="Sign in with your organisation's account").click()
            page.wait_for_url(f"{server.url}/")
            expect(page.get_by_test_id("stSidebar")).to_be_visible(timeout=SOON)
            page.goto(f"{server.url}/auth/account")
            expect(page.get_by_text(NAME).first).to_be_visible(timeout=SOON)
            names = {cookie["name"] for cookie in context.cookies()}
            assert "arusha" in names
            assert "arusha-provider" not in names
            context.clear_cookies()
            page.goto(server.url)
            page.wait_for_url(f"{server.url}/auth/sign-in")
    assert len(foreign.codes) == 0
    assert foreign.asked.count("/token") == 2
