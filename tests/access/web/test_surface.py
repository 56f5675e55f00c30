"""Nobody gets in, takes over or looks in from outside: the server's surface, tried on real servers.

What a guarded server refuses is tried on one without its guard as well, where it has to succeed.
"""

from contextlib import closing
from http.client import HTTPConnection

import httpx
import pytest
from starlette.applications import Starlette

from arusha import serving, settings
from arusha.access.web import forms
from arusha.access.web.asking import SESSION
from arusha.access.web.surface import Surface
from tests.access.web.conftest import ORIGIN
from tests.access.web.world import ALICE, MALLORY, Tab, Visitor, opened, refused_with, signed_in
from tests.awaiting import result_of
from tests.browsing import Server

EVIL = "https://evil.example"


class TestOrigin:
    """A page of another site talks to the server from a signed-in browser."""

    @pytest.mark.parametrize("origin", [EVIL, "null", None, "http://localhost:8501", "https://127.0.0.1"])
    def test_its_sockets_are_refused(self, guarded: Server, origin: str | None) -> None:
        cookie = signed_in(guarded, ALICE).cookie
        assert refused_with(running=guarded, origin=origin, cookie=cookie, host=netloc(guarded)) == 403

    def test_without_the_guard_a_socket_without_origin_is_accepted(self, unguarded: Server) -> None:
        with Tab(unguarded, origin=None) as opened_:
            assert opened_.id

    @pytest.mark.parametrize("origin", [EVIL, "null", "", "http://127.0.0.1"])
    @pytest.mark.parametrize(
        "path", ["/auth/sign-in", "/auth/sign-out", "/auth/password", "/auth/invitation"]
    )
    def test_its_forms_are_refused(self, guarded: Server, path: str, origin: str) -> None:
        owner = signed_in(guarded, ALICE)
        answer = owner.post(path, {"name": ALICE, "password": "x"}, origin=origin)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers
        assert owner.get("/").status_code == 200

    def test_a_form_without_any_origin_is_refused(self, guarded: Server) -> None:
        assert httpx.post(f"{guarded.url}/auth/sign-in", data={"name": ALICE}).status_code == 403


class TestHost:
    """A name that leads here is not this server's: DNS rebinding."""

    @pytest.mark.parametrize(
        "host", ["evil.example", "evil.example:8501", "127.0.0.1.evil.example", "[::2]", ""]
    )
    def test_another_name_is_refused(self, guarded: Server, host: str) -> None:
        cookie = signed_in(guarded, ALICE).cookie
        answer = httpx.get(guarded.url, headers={"host": host, "cookie": cookie})
        assert answer.status_code in (400, 403)
        assert "<script" not in answer.text

    def test_its_sockets_are_refused(self, guarded: Server) -> None:
        cookie = signed_in(guarded, ALICE).cookie
        status = refused_with(
            running=guarded, origin="http://evil.example", host="evil.example", cookie=cookie
        )
        assert status == 403

    def test_every_name_of_this_computer_is_its_own(self, guarded: Server) -> None:
        for host in (f"localhost:{guarded.port}", f"127.0.0.1:{guarded.port}", f"[::1]:{guarded.port}"):
            assert httpx.get(guarded.url, headers={"host": host}).status_code == 303

    def test_behind_tls_only_the_public_name_is(self, behind_tls: Server) -> None:
        assert httpx.get(behind_tls.url).status_code == 403
        assert Visitor(behind_tls, ORIGIN).get("/").status_code == 303
        assert Visitor(behind_tls, "https://integrity.example.org:443").get("/").status_code == 303
        assert Visitor(behind_tls, "https://integrity.example.org:444").get("/").status_code == 403

    def test_whether_it_works_is_told_by_any_name(self, behind_tls: Server) -> None:
        assert httpx.get(f"{behind_tls.url}/_stcore/health").text == "ok"

    def test_pages_are_reached_by_the_public_name(self, behind_tls: Server) -> None:
        with signed_in(behind_tls, ALICE, ORIGIN).tab() as alice:
            assert alice.said("person") == ALICE


class TestClosedAddresses:
    """What pages do not need is open to nobody."""

    @pytest.mark.parametrize(
        "path",
        [
            "/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/interact",
            "/_stcore/agent/mcp",
            "/_stcore/script-health-check", "/_stcore/bidi-components/x/y.js", "/_stcore/stream",
            "/_stcore/unknown", "/_stcore", "/component/x/index.html", "/media/x.bin", "/media",
            "/app/static/x",
            "/auth/login", "/auth/logout", "/oauth2callback", "/auth", "/auth/", "/static", "/static/",
            "/static/../index.html", "/static/%2e%2e/index.html", "//evil.example", "/profile/", "/a/b",
            "/Profile",
            "/%5fstcore/metrics", "/profile/_stcore/metrics", "/index.html", "/.env", "/x.php", "/files/x",
        ],
    )  # fmt: skip
    def test_they_are_refused_also_to_who_is_signed_in(self, guarded: Server, path: str) -> None:
        headers = {"origin": guarded.url, "cookie": signed_in(guarded, ALICE).cookie}
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"):
            assert exactly(guarded, method, path, headers) in (404, 405), (method, path)

    def test_without_the_guard_the_metrics_are_open(self, unguarded: Server) -> None:
        assert httpx.get(f"{unguarded.url}/_stcore/metrics").status_code == 200

    def test_nobody_fetches_what_a_page_offers_by_streamlits_own_means(
        self, guarded: Server, unguarded: Server
    ) -> None:
        with signed_in(guarded, ALICE).tab() as alice:
            assert alice.media
            for visitor in (signed_in(guarded, MALLORY), signed_in(guarded, ALICE), Visitor(guarded)):
                assert visitor.get(alice.media).status_code == 404
        headers = {SESSION: opened(unguarded, ALICE)}
        with Tab(unguarded, origin=unguarded.url, headers=headers) as alice:
            assert httpx.get(unguarded.url + alice.media).content == b"confidential bytes"

    def test_nobody_uploads_into_a_session(self, guarded: Server, unguarded: Server) -> None:
        with signed_in(guarded, ALICE).tab() as alice:
            for visitor in (signed_in(guarded, MALLORY), signed_in(guarded, ALICE)):
                assert upload(visitor.http, guarded, alice.id).status_code == 404
        headers = {SESSION: opened(unguarded, ALICE)}
        with Tab(unguarded, origin=unguarded.url, headers=headers) as alice, httpx.Client() as anybody:
            assert upload(anybody, unguarded, alice.id).status_code == 204

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
    @pytest.mark.parametrize(
        "path", ["/", "/profile", "/_stcore/health", "/static/js/x.js", "/_stcore/host-config"]
    )
    def test_pages_are_only_looked_at(self, guarded: Server, path: str, method: str) -> None:
        owner = signed_in(guarded, ALICE)
        assert owner.http.request(method, path, headers={"origin": guarded.url}).status_code == 405

    @pytest.mark.parametrize("path", ["/", "/auth/sign-in", "/healthz"])
    def test_there_is_one_socket(self, guarded: Server, path: str) -> None:
        headers = {
            "connection": "upgrade", "upgrade": "websocket", "sec-websocket-version": "13",
            "sec-websocket-key": "x3JJHMbDL1EzLkh9GBhXDw==", "origin": guarded.url,
        }  # fmt: skip
        assert signed_in(guarded, ALICE).http.get(path, headers=headers).status_code == 404


class TestWithoutASession:
    """Who is not signed in sees the forms, and nothing of the program."""

    @pytest.mark.parametrize(
        "cookie", ["", "arusha=", "arusha=short", f"arusha={'x' * 43}", "arusha=../../x; a=b"]
    )
    def test_pages_lead_to_the_form_and_back(self, guarded: Server, cookie: str) -> None:
        for path, back in (
            ("/", ""),
            ("/profile?round=7&x=ü", "?next=/profile%3Fround%3D7%26x%3D%25C3%25BC"),
        ):
            answer = httpx.get(guarded.url + path, headers={"cookie": cookie} if cookie else {})
            assert (answer.status_code, answer.headers["location"]) == (303, f"/auth/sign-in{back}")
            assert answer.headers["cache-control"] == "no-store"

    def test_sockets_and_files_are_refused(self, guarded: Server) -> None:
        assert refused_with(running=guarded, origin=guarded.url) == 403
        assert httpx.get(f"{guarded.url}/files/profile.x").status_code == 403

    def test_a_page_that_lost_its_line_is_told_why(self, guarded: Server) -> None:
        answer = httpx.get(f"{guarded.url}/_stcore/host-config")
        assert (answer.status_code, answer.json()) == (
            401,
            "You are signed out. Load the page again to sign in.",
        )

    def test_what_a_page_is_made_of_is_open(self, guarded: Server) -> None:
        index = signed_in(guarded, ALICE).get("/").text
        script = index.split('src="./')[1].split('"')[0]
        assert httpx.get(f"{guarded.url}/{script}").status_code == 200
        assert httpx.get(f"{guarded.url}/favicon.png").status_code == 200

    def test_a_link_of_another_site_is_asked_for_once_more_from_here(self, guarded: Server) -> None:
        """The cookie is not sent along with it, although the person may well be signed in."""
        asked = {"sec-fetch-site": "cross-site"}
        answer = httpx.get(f"{guarded.url}/profile?round=7", headers=asked)
        assert answer.status_code == 200
        assert '<meta http-equiv="refresh" content="0;url=/profile?round=7">' in answer.text
        assert "<script" not in answer.text
        assert signed_in(guarded, ALICE).get("/profile", sec_fetch_site="cross-site").status_code == 200

    def test_a_revoked_session_is_refused_at_its_next_click(self, guarded: Server) -> None:
        owner = signed_in(guarded, ALICE)
        with owner.tab() as tab:
            assert tab.said("person") == ALICE
            assert owner.post("/auth/sign-out").status_code == 303
            tab.click()
            assert tab.said("person") == ""
            assert "You are signed out" in tab.shown
        assert owner.get("/").headers["location"] == "/auth/sign-in"
        assert refused_with(running=guarded, origin=guarded.url, cookie=owner.cookie) == 403


def test_a_database_that_cannot_be_reached_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARUSHA_MODE", "server")
    monkeypatch.setenv("ARUSHA_DATABASE_URL", "postgresql+psycopg://127.0.0.1:1/none")
    asked = {"host": "127.0.0.1", "origin": "http://127.0.0.1", "cookie": f"arusha={'x' * 43}"}
    for method, path in (
        ("GET", "/"),
        ("GET", "/auth/sign-in"),
        ("POST", "/auth/sign-in"),
        ("GET", "/files/x"),
    ):
        answer = asked_here(method, path, asked)
        assert answer.status_code == 503, path
        assert "cannot reach its database" in answer.text


def asked_here(method: str, path: str, headers: dict[str, str]) -> httpx.Response:
    """Ask the surface in this process, with nothing behind it but the forms."""
    behind = Starlette(routes=forms.ROUTES)
    transport = httpx.ASGITransport(Surface(behind, settings.read(), [*forms.ROUTES, serving.FILES]))

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.request(method, path, headers=headers)

    return result_of(ask())


def netloc(running: Server) -> str:
    return f"127.0.0.1:{running.port}"


def exactly(running: Server, method: str, path: str, headers: dict[str, str]) -> int:
    """Ask for a path as it is written, which no client tidied up; return the status."""
    with closing(HTTPConnection("127.0.0.1", running.port, timeout=30)) as line:
        line.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            line.putheader(name, value)
        line.endheaders()
        return line.getresponse().status


def upload(client: httpx.Client, running: Server, session: str) -> httpx.Response:
    """Send a file into a Streamlit session, with the pair of tokens that Streamlit gives to anybody."""
    token = client.get(f"{running.url}/_stcore/health").cookies.get("_streamlit_xsrf", "")
    cookie = "; ".join(one for one in (client.headers.get("cookie", ""), f"_streamlit_xsrf={token}") if one)
    return client.put(
        f"{running.url}/_stcore/upload_file/{session}/file-1",
        files={"file": ("a.bin", b"bytes")},
        headers={"x-xsrftoken": token, "cookie": cookie, "origin": running.url},
    )
