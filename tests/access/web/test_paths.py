"""Every address of the server is known to be open, for who is signed in, or closed."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from arusha.access.web.paths import ACCOUNT, HOME, SECOND_STEP, Way, is_page, local, way_to
from tests.visiting import PAGES

STREAMLITS = {
    "/_stcore/health": Way.PROBE,
    "/_stcore/host-config": Way.SESSION,
    "/_stcore/stream": Way.SOCKET,
    "/_stcore/metrics": Way.CLOSED,
    "/_stcore/script-health-check": Way.CLOSED,
    "/_stcore/agent/interact": Way.CLOSED,
    "/_stcore/agent/mcp": Way.CLOSED,
    "/_stcore/agent/openapi.json": Way.CLOSED,
    "/_stcore/upload_file/{session_id}/{file_id}": Way.CLOSED,
    "/_stcore/bidi-components/{path:path}": Way.CLOSED,
    "/app/static/{path:path}": Way.CLOSED,
    "/component/{path:path}": Way.CLOSED,
    "/media/{file_id:path}": Way.CLOSED,
    "/auth/login": Way.CLOSED,
    "/auth/logout": Way.CLOSED,
    "/oauth2callback": Way.CLOSED,
    "": Way.OPEN,  # its static files
}
"""Every route of the installed Streamlit; a new one has to be decided about here."""


LISTED = """
import streamlit as st
from streamlit import config
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

for option in ("server.enableStaticServing", "server.scriptHealthCheckEnabled"):
    config.set_option(option, True)
for route in create_streamlit_routes(st.App("page.py")._create_runtime()):
    print(getattr(route, "path", "unknown"))
"""
OWN = "https://integrity.example.org"


def test_every_route_of_streamlit_is_decided_about(tmp_path: Path) -> None:
    (tmp_path / "page.py").touch()
    command = [sys.executable, "-c", LISTED]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert set(done.stdout.splitlines()) == set(STREAMLITS)


@pytest.mark.parametrize("path", [path for path in STREAMLITS if path])
def test_it_is_decided_as_meant(path: str) -> None:
    filled = path
    for part in ("{session_id}", "{file_id}", "{path:path}", "{file_id:path}"):
        filled = filled.replace(part, "x")
    assert way_to(filled, is_own=False) is STREAMLITS[path]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path or "home")
def test_every_page_of_the_program_is_a_page(page: object) -> None:
    path = f"/{page.path}"  # type: ignore[attr-defined]
    assert way_to(path, is_own=False) is Way.PAGE


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("/", Way.PAGE),
        ("/sign-off", Way.PAGE),
        ("/static/js/index.DormvYxC.js", Way.OPEN),
        ("/static/media/SourceSansVF-Upright.ttf.BsWL4Kly.woff2", Way.OPEN),
        ("/favicon.png", Way.OPEN),
        ("/static/../index.html", Way.CLOSED),
        ("/static/.hidden", Way.CLOSED),
        ("/static//x", Way.CLOSED),
        ("/files/x", Way.CLOSED),
        ("/\n", Way.CLOSED),
        ("", Way.CLOSED),
    ],
)
def test_other_addresses(path: str, way: Way) -> None:
    assert way_to(path, is_own=False) is way


def test_own_routes_are_open_but_files_and_probes_are_what_they_are() -> None:
    assert way_to("/auth/sign-in", is_own=True) is Way.OWN
    assert way_to("/files/profile.x", is_own=True) is Way.SESSION
    assert way_to("/healthz", is_own=True) is Way.PROBE


@given(some.text(max_size=40))
@example("/auth/sign-in")
@example("/media/abc.bin")
@example("/_stcore/metrics")
def test_what_is_not_listed_is_closed(path: str) -> None:
    found = way_to(path, is_own=False)
    assert found in (Way.CLOSED, Way.PAGE) or path.startswith(
        ("/static/", "/_stcore/", "/favicon", "/manifest")
    )
    if found is Way.PAGE:
        assert set(path[1:]) <= set("abcdefghijklmnopqrstuvwxyz-")


class TestWhereToGoAfterSigningIn:
    @pytest.mark.parametrize(
        "address",
        ["/", "/profile", "/profile?round=7&factor=leadership", "/?language=fr", ACCOUNT, SECOND_STEP],
    )
    def test_an_own_page_is_kept_with_its_query(self, address: str) -> None:
        assert local(address) == address

    @pytest.mark.parametrize(
        "address",
        [
            "", "https://evil.example", "//evil.example", "/\\evil.example", "\\evil.example",
            "///evil.example",
            "javascript:alert(1)", "/media/x", "/auth/sign-out", "/_stcore/metrics", "profile",
            "/ /evil.example",
            "/%2f/evil.example", "/\t/evil.example", "/profile\r\nset-cookie: a=b", "/profile#x", "/a/../b",
        ],
    )  # fmt: skip
    def test_anything_else_leads_to_the_first_page(self, address: str) -> None:
        assert local(address) == HOME

    @pytest.mark.parametrize(
        "query", ["a=\r\nset-cookie: a=b", 'a="><script>', "a=<b>", "a=ü", "a=\\", "a= "]
    )
    def test_a_query_that_is_none_is_left_out(self, query: str) -> None:
        assert local(f"/profile?{query}") == "/profile"

    @given(some.text(alphabet="/\\:?#.%@ae-\r\n\t ", max_size=12) | some.text(max_size=12))
    def test_it_never_leads_to_another_server(self, address: str) -> None:
        kept = local(address)
        assert urlsplit(urljoin(f"{OWN}/auth/sign-in", kept)).netloc == urlsplit(OWN).netloc
        assert kept.startswith("/")
        assert kept[1:2] not in ("/", "\\")
        assert kept.isascii()
        assert kept.isprintable()


def test_a_page_is_one_word() -> None:
    assert is_page("/carry-over")
    assert not is_page("/carry--over")
    assert not is_page("/static")
