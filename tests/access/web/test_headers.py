"""Every response tells the browser what it may load and who may show it."""

import re
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from arusha.access.web import headers
from tests.access.web.conftest import ORIGIN
from tests.access.web.world import ALICE, Visitor, signed_in
from tests.browsing import Server

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
KINDS = {
    "page": ("GET", "/", 200),
    "page of the program": ("GET", "/profile", 200),
    "form": ("GET", "/auth/sign-in", 200),
    "account": ("GET", "/auth/account", 200),
    "refused form": ("POST", "/auth/sign-in", 401),
    "redirect": ("POST", "/auth/password-less", 404),
    "script": ("GET", "/static/js/none.js", 200),
    "picture": ("GET", "/favicon.png", 200),
    "health": ("GET", "/_stcore/health", 200),
    "configuration": ("GET", "/_stcore/host-config", 200),
    "nothing": ("GET", "/nothing/here", 404),
    "closed": ("GET", "/_stcore/metrics", 404),
    "wrong method": ("PUT", "/", 405),
    "no file": ("GET", "/files/nothing", 404),
    "lives": ("GET", "/healthz", 200),
}


def policy(answer: httpx.Response) -> Mapping[str, str]:
    """Return the content policy by directive; there is exactly one."""
    said = answer.headers.get_list("content-security-policy")
    assert len(said) == 1
    return dict(part.strip().split(" ", 1) for part in said[0].split(";"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_response_bears_them(guarded: Server, kind: str) -> None:
    method, path, status = KINDS[kind]
    visitor = signed_in(guarded, ALICE)
    answer = visitor.http.request(method, path, headers={"origin": guarded.url})
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert "camera=()" in answer.headers["permissions-policy"]
    assert "strict-transport-security" not in answer.headers
    if not path.startswith("/files/"):
        assert policy(answer)["frame-ancestors"] == "'none'"
        assert policy(answer)["default-src"] == "'none'"


def test_so_do_redirects_and_refusals(guarded: Server) -> None:
    for answer in (httpx.get(guarded.url), httpx.get(guarded.url, headers={"host": "evil.example"})):
        assert answer.status_code in (303, 403)
        assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE


def test_so_does_a_refused_socket(guarded: Server) -> None:
    upgrade = {
        "connection": "upgrade", "upgrade": "websocket", "sec-websocket-version": "13",
        "sec-websocket-key": "x3JJHMbDL1EzLkh9GBhXDw==", "origin": "https://evil.example",
    }  # fmt: skip
    answer = httpx.get(f"{guarded.url}/_stcore/stream", headers=upgrade)
    assert answer.status_code == 403
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE


def test_without_the_guard_there_are_none(unguarded: Server) -> None:
    answer = httpx.get(unguarded.url)
    assert {name for name in EVERYWHERE if name in answer.headers} == set()


def test_behind_tls_browsers_come_back_by_tls_only_and_no_cookie_travels_without(behind_tls: Server) -> None:
    visitor = Visitor(behind_tls, ORIGIN)
    answer = visitor.get("/_stcore/health")
    assert answer.headers["strict-transport-security"] == "max-age=63072000"
    assert [one for one in answer.headers.get_list("set-cookie") if "; Secure" not in one] == []
    assert answer.headers.get_list("set-cookie")
    entered = visitor.sign_in(ALICE)
    (cookie,) = entered.headers.get_list("set-cookie")
    assert cookie.startswith("__Host-arusha=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=strict"} <= set(cookie.split("; "))
    assert "Max-Age" not in cookie
    assert "expires" not in cookie.lower()


def test_a_page_of_the_program_may_run_its_own_scripts_only(guarded: Server) -> None:
    said = policy(signed_in(guarded, ALICE).get("/"))
    assert "'unsafe-inline'" not in said["script-src"]
    assert "'unsafe-eval'" not in said["script-src"].replace("'wasm-unsafe-eval'", "")
    assert said["connect-src"] == "'self'"
    assert said["object-src"] == said["frame-src"] == "'none'"
    for directive, sources in said.items():
        assert not re.search(r"https?:|\*", sources), directive


def test_a_form_may_run_no_script_at_all(guarded: Server) -> None:
    visitor = signed_in(guarded, ALICE)
    for path in ("/auth/sign-in", "/auth/account", "/auth/second-step", "/auth/sign-out", "/auth/invitation"):
        answer = visitor.get(path)
        said = policy(answer)
        assert "script-src" not in said
        assert said["default-src"] == "'none'"
        (style,) = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
        assert said["style-src"] == headers.hashed(style)
        assert not re.search(r"<script|\son\w+=|\sstyle=|javascript:", answer.text)


@pytest.mark.parametrize("path", ["/", "/auth/sign-in", "/auth/account", "/files/nothing", "/profile"])
def test_nothing_that_was_shown_is_kept(guarded: Server, path: str) -> None:
    assert signed_in(guarded, ALICE).get(path).headers["cache-control"] == "no-store"


def test_what_never_changes_is_kept(guarded: Server) -> None:
    index = signed_in(guarded, ALICE).get("/").text
    script = index.split('src="./')[1].split('"')[0]
    assert "immutable" in httpx.get(f"{guarded.url}/{script}").headers["cache-control"]


def test_each_script_in_streamlits_own_page_is_known_by_its_hash(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("<script>one()</script><script src='x'></script><script>two()</script>", encoding="utf-8")
    said = headers.page_policy(page)
    assert headers.hashed("one()") in said
    assert headers.hashed("two()") in said
    assert headers.allowed_script(page).count("sha256-") == 2
    assert headers.allowed_script().count("sha256-") >= 1


def test_the_hash_is_what_browsers_compute() -> None:
    known = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"  # the example of CSP level 2, 5.2
    assert headers.hashed("alert('Hello, world.');") == known
