"""Server mode starts where people can reach it safely, and nowhere else; local mode stays as it was."""

import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from starlette.routing import Route
from streamlit import config

from arusha import serving, settings, starting
from arusha.access.local import OnThisComputerOnly
from arusha.access.web.surface import Surface
from questionnaires.problems import Refused
from tests.access.web.conftest import ORIGIN
from tests.access.web.world import ALICE, PASSWORD, Visitor, furnished, program, server, signed_in
from tests.browsing import ROOT, Server

EVERY = "0.0.0.0"  # noqa: S104 - what is refused or meant here
HERE = ["127.0.0.1", "::1", "localhost"]


def started_on(address: str | None, monkeypatch: pytest.MonkeyPatch, **environment: str) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    starting.refuse_wrong_address(address, settings.read())


@pytest.mark.parametrize("address", [EVERY, "::", "192.0.2.1", "", None])
def test_without_an_address_for_people_it_is_for_this_computer(
    address: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Refused) as refused:
        started_on(address, monkeypatch, ARUSHA_MODE="server")
    assert str(refused.value) == (
        "server.address: It is not known which address people open, so people are served on this computer "
        f"only, not on {address or EVERY}. Set ARUSHA_ORIGIN to that address, or start it with "
        "--server.address 127.0.0.1."
    )


@pytest.mark.parametrize("address", HERE)
def test_there_it_starts_without_one(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started_on(address, monkeypatch, ARUSHA_MODE="server")


@pytest.mark.parametrize("address", [EVERY, "192.0.2.1", "127.0.0.1"])
def test_with_one_it_listens_anywhere(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started_on(address, monkeypatch, ARUSHA_MODE="server", ARUSHA_ORIGIN=ORIGIN)


@pytest.mark.parametrize("origin", ["", ORIGIN])
def test_local_mode_never_does(origin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="has no accounts in this mode"):
        started_on(EVERY, monkeypatch, ARUSHA_ORIGIN=origin)


def test_local_mode_is_guarded_as_before_and_has_no_forms() -> None:
    assert next(one.cls for one in serving.middleware()) is OnThisComputerOnly
    assert not any(one.cls is Surface for one in serving.middleware())
    assert [route.path for route in serving.routes() if isinstance(route, Route)] == ["/files/{what:path}"]


@pytest.mark.parametrize("origin", ["", ORIGIN])
def test_in_server_mode_nothing_goes_around_the_surface(origin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARUSHA_MODE", "server")
    monkeypatch.setenv("ARUSHA_ORIGIN", origin)
    kinds = [one.cls for one in serving.middleware()]
    assert kinds.index(Surface) == 1  # after the one that writes down how requests were answered
    assert (OnThisComputerOnly in kinds) is not origin
    paths = [route.path for route in serving.routes() if isinstance(route, Route)]
    assert {"/auth/sign-in", "/auth/sign-out", "/auth/invitation", "/auth/account", "/healthz"} <= set(paths)


def test_every_route_of_its_own_is_a_form_a_file_or_a_probe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARUSHA_MODE", "server")
    beginnings = ("/auth/", "/files/", "/healthz", "/readyz")
    for route in serving.routes():
        assert isinstance(route, Route)
        assert route.path.startswith(beginnings)
        if "POST" in (route.methods or ()):
            assert route.path.startswith("/auth/")


def test_streamlit_is_told_which_name_people_use(monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, object] = {}
    monkeypatch.setattr(serving.logs, "configure", lambda set_option: None)
    serving.prepare(told.__setitem__)
    assert told == {}
    monkeypatch.setenv("ARUSHA_MODE", "server")
    monkeypatch.setenv("ARUSHA_ORIGIN", "https://Integrity.example.org:8443")
    serving.prepare(told.__setitem__)
    assert told == {
        "server.allowedHosts": ["integrity.example.org"],
        "server.disconnectedSessionTTL": serving.RESUMED_FOR,
    }


def test_streamlit_holds_its_sessions_to_the_header_of_the_surface() -> None:
    command = [
        sys.executable,
        "-c",
        "from streamlit import config; print(config.get_option('server.trustedUserHeaders'))",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "{'x-arusha-session': 'session'}"
    assert config.get_option("server.enableXsrfProtection")


def test_people_reach_it_on_every_address_by_its_public_name(tmp_path: Path) -> None:
    running = server(program(tmp_path / "program"), furnished(tmp_path / "home"), ARUSHA_ORIGIN=ORIGIN)
    running.start("--server.address", EVERY)
    try:
        with signed_in(running, ALICE, ORIGIN).tab() as alice:
            assert alice.said("person") == ALICE
        assert httpx.get(running.url).status_code == 403
    finally:
        running.stop()


def test_what_is_written_down_names_no_session_no_query_and_nobody(tmp_path: Path) -> None:
    home = furnished(tmp_path / "home")
    with server(program(tmp_path / "program"), home) as running:
        visitor = signed_in(running, ALICE)
        visitor.get("/profile?round=canary-in-a-query")
        visitor.get("/auth/invitation?token=canary-of-an-invitation")
        visitor.sign_in(ALICE, "canary of a wrong password")
        Visitor(running).get("/auth/sign-in", x_arusha_session="canary-of-a-header")
        with visitor.tab() as tab:
            ids = [tab.id, visitor.cookie.partition("=")[2]]
            visitor.http.put(f"/_stcore/upload_file/{tab.id}/x", headers={"origin": running.url})
            with visitor.tab(resume=tab.id):
                pass
    written = (tmp_path / "home.log").read_text(encoding="utf-8")
    assert "/auth/sign-in" in written
    assert [one for one in (*ids, "canary", ALICE, PASSWORD) if one in written] == []
    assert not re.search(r"[?&](token|round|next)=", written)


def test_the_program_itself_serves_people(tmp_path: Path) -> None:
    running = Server(ROOT, furnished(tmp_path / "home"), ARUSHA_MODE="server")
    with running:
        assert Visitor(running).get("/").headers["location"] == "/auth/sign-in"
        with signed_in(running, ALICE).tab() as tab:
            assert ALICE in tab.shown
