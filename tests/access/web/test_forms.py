"""The forms on a real server: sign in and out, an invitation, one's own account."""

import html
import re
from datetime import UTC, datetime
from itertools import count

import httpx
import pyotp
import pytest

from arusha.access.people import accounts, invitations, passwords, sessions
from arusha.access.rules import LOCAL
from tests.access.web.conftest import ORIGIN
from tests.access.web.world import ALICE, PASSWORD, Visitor, add, signed_in, store_in
from tests.browsing import Server

NUMBERS = count(1)
NEW = "nine brass kettles under Zanzibar"


@pytest.fixture
def somebody(guarded: Server) -> str:
    """Return the name of a person whom only this test knows."""
    return add(guarded, f"Person {next(NUMBERS)}")


def alert(answer: httpx.Response) -> str:
    """Return what the page says is wrong, '' for nothing."""
    found = re.search(r'role="alert">(.*?)</div>', answer.text, re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found[1])).split()) if found else ""


def field(answer: httpx.Response, name: str) -> str:
    """Return the tag of a field."""
    return re.findall(rf'<input[^>]*name="{name}"[^>]*>', answer.text)[0]


class TestSigningIn:
    def test_the_form_asks_for_name_password_and_code(self, guarded: Server) -> None:
        answer = Visitor(guarded).get("/auth/sign-in")
        assert answer.status_code == 200
        assert '<form method="post" action="/auth/sign-in">' in answer.text
        assert 'autocomplete="username"' in field(answer, "name")
        assert 'type="password"' in field(answer, "password")
        assert 'autocomplete="current-password"' in field(answer, "password")
        assert 'autocomplete="one-time-code"' in field(answer, "code")
        assert "required" in field(answer, "password")
        assert "required" not in field(answer, "code")
        for name in ("name", "password", "code"):
            id_ = re.findall(r' id="([^"]+)"', field(answer, name))[0]
            assert f'<label for="{id_}">' in answer.text

    def test_who_is_known_gets_a_session_and_the_first_page(self, guarded: Server) -> None:
        visitor = Visitor(guarded)
        answer = visitor.sign_in(ALICE)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert answer.headers["set-cookie"].startswith("arusha=")
        assert "Secure" not in answer.headers["set-cookie"]
        assert visitor.get("/").status_code == 200

    def test_the_page_that_was_asked_for_comes_next(self, guarded: Server) -> None:
        visitor = Visitor(guarded)
        form = visitor.get(visitor.get("/profile?round=7").headers["location"])
        assert 'name="next" value="/profile?round=7"' in form.text
        assert visitor.sign_in(ALICE, next="/profile?round=7").headers["location"] == "/profile?round=7"

    @pytest.mark.parametrize(
        "next_", ["https://evil.example", "//evil.example", "/\\evil.example", "/media/x"]
    )
    def test_another_server_never_does(self, guarded: Server, next_: str) -> None:
        visitor = Visitor(guarded)
        assert "evil" not in visitor.get(f"/auth/sign-in?next={next_}").text
        assert visitor.sign_in(ALICE, next=next_).headers["location"] == "/"

    @pytest.mark.parametrize("name", [ALICE, "Nobody at all"])
    def test_a_wrong_try_is_told_in_the_same_words_whether_or_not_the_name_exists(
        self, guarded: Server, name: str
    ) -> None:
        answer = Visitor(guarded).sign_in(name, "not the password at all")
        assert answer.status_code == 401
        assert "set-cookie" not in answer.headers
        assert alert(answer) == "Name or password is not right. Try again, or ask for a new invitation."
        assert f'value="{name}"' in field(answer, "name")
        assert "not the password" not in answer.text
        assert 'aria-invalid="true"' in field(answer, "password")

    def test_what_was_typed_is_shown_as_text(self, guarded: Server) -> None:
        answer = Visitor(guarded).sign_in('"><script>alert(1)</script>', "x")
        assert answer.status_code == 401
        assert "<script" not in answer.text

    def test_a_new_session_ends_the_one_before_in_this_browser(self, guarded: Server) -> None:
        visitor = signed_in(guarded, ALICE)
        before = visitor.cookie
        visitor.sign_in(ALICE)
        assert visitor.cookie != before
        assert httpx.get(guarded.url, headers={"cookie": before}).status_code == 303
        assert visitor.get("/").status_code == 200

    def test_who_is_signed_in_already_is_told_so(self, guarded: Server) -> None:
        answer = signed_in(guarded, ALICE).get("/auth/sign-in")
        assert f"You are signed in as {ALICE} already." in answer.text

    def test_too_many_failures_of_a_network_are_told_apart(self, behind_tls: Server) -> None:
        visitor = Visitor(behind_tls, ORIGIN)
        tried = [
            visitor.post(
                "/auth/sign-in", {"name": f"Nobody {n}", "password": "x"}, x_real_ip="198.51.100.77"
            ).status_code
            for n in range(31)
        ]
        assert tried[:30] == [401] * 30
        assert tried[30] == 429
        assert visitor.post("/auth/sign-in", {"name": "x"}, x_real_ip="203.0.113.5").status_code == 401

    @pytest.mark.parametrize(
        ("content", "kind", "status"),
        [
            (b"{}", "application/json", 415),
            (b"x" * 20_000, "application/x-www-form-urlencoded", 413),
            (b"name=%ff&x=\xff", "application/x-www-form-urlencoded", 400),
        ],
    )
    def test_what_is_no_form_is_refused(
        self, guarded: Server, content: bytes, kind: str, status: int
    ) -> None:
        headers = {"origin": guarded.url, "content-type": kind}
        answer = httpx.post(f"{guarded.url}/auth/sign-in", content=content, headers=headers)
        assert answer.status_code == status

    def test_it_is_told_in_the_readers_language(self, guarded: Server) -> None:
        for wanted, language in (("fr-CH,en;q=0.5", "fr"), ("de", "en"), ("", "en")):
            answer = Visitor(guarded).get("/auth/sign-in", accept_language=wanted)
            assert f'<html lang="{language}">' in answer.text
            assert answer.headers["content-language"] == language


class TestSigningOut:
    def test_it_ends_the_session_and_takes_the_cookie_back(self, guarded: Server) -> None:
        visitor = signed_in(guarded, ALICE)
        answer = visitor.post("/auth/sign-out")
        assert (answer.status_code, answer.headers["location"]) == (303, "/auth/sign-in")
        assert answer.headers["set-cookie"].startswith('arusha=""; ')
        assert "Max-Age=0" in answer.headers["set-cookie"]
        assert visitor.get("/").status_code == 303

    def test_a_link_alone_signs_nobody_out(self, guarded: Server) -> None:
        visitor = signed_in(guarded, ALICE)
        assert '<form method="post" action="/auth/sign-out">' in visitor.get("/auth/sign-out").text
        assert visitor.get("/").status_code == 200

    def test_who_is_not_signed_in_is_led_to_the_form(self, guarded: Server) -> None:
        assert Visitor(guarded).post("/auth/sign-out").headers["location"] == "/auth/sign-in"

    def test_everywhere_means_every_browser(self, guarded: Server, somebody: str) -> None:
        here, elsewhere = signed_in(guarded, somebody), signed_in(guarded, somebody)
        assert here.post("/auth/sign-out-everywhere").headers["location"] == "/auth/sign-in"
        assert here.get("/").status_code == elsewhere.get("/").status_code == 303


class TestInvitation:
    @pytest.fixture
    def token(self, guarded: Server, somebody: str) -> str:
        """Return the token of an invitation for somebody."""
        store = store_in(guarded.home)
        made = invitations.invite(LOCAL, store, somebody)
        store.close()
        return made.token

    def test_to_look_uses_nothing_up(self, guarded: Server, somebody: str, token: str) -> None:
        for _ in range(3):
            answer = Visitor(guarded).get(f"/auth/invitation?token={token}")
            assert answer.status_code == 200
            assert f"Welcome, {somebody}" in html.unescape(answer.text)
        assert 'autocomplete="new-password"' in field(answer, "new")

    def test_a_password_typed_twice_signs_in_once(self, guarded: Server, somebody: str, token: str) -> None:
        visitor = Visitor(guarded)
        typed = {"token": token, "new": NEW, "again": NEW}
        answer = visitor.post("/auth/invitation", typed)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert answer.headers["set-cookie"].startswith("arusha=")
        again = visitor.post("/auth/invitation", typed)
        assert again.status_code == 410
        assert "This invitation does not hold" in again.text
        assert signed_in_with(guarded, somebody, NEW)

    @pytest.mark.parametrize(
        ("new", "again", "said"),
        [
            (NEW, NEW + "x", "The two passwords are not the same. Type the new password twice."),
            ("short", "short", f"at least {passwords.SHORTEST} are needed"),
        ],
    )
    def test_a_password_that_will_not_do_is_told(
        self, guarded: Server, token: str, new: str, again: str, said: str
    ) -> None:
        answer = Visitor(guarded).post("/auth/invitation", {"token": token, "new": new, "again": again})
        assert answer.status_code == 400
        assert said in alert(answer)
        assert new not in answer.text
        assert Visitor(guarded).get(f"/auth/invitation?token={token}").status_code == 200

    @pytest.mark.parametrize("token", ["", "nonsense", "x" * 5000, "%00", "é"])
    def test_one_that_does_not_hold_says_what_to_do(self, guarded: Server, token: str) -> None:
        answer = Visitor(guarded).get(f"/auth/invitation?token={token}")
        assert answer.status_code == 410
        assert "Ask who invited you for a new one." in answer.text

    def test_an_account_with_a_second_step_needs_its_code(self, guarded: Server, somebody: str) -> None:
        secret, _ = with_second_step(guarded, somebody)
        store = store_in(guarded.home)
        token = invitations.invite(LOCAL, store, somebody).token
        store.close()
        visitor = Visitor(guarded)
        assert field(visitor.get(f"/auth/invitation?token={token}"), "code")
        typed = {"token": token, "new": NEW, "again": NEW}
        assert visitor.post("/auth/invitation", typed).status_code == 400
        assert visitor.post("/auth/invitation", typed | {"code": later(secret)}).status_code == 303


class TestAccount:
    def test_it_is_for_who_is_signed_in(self, guarded: Server) -> None:
        for path in ("/auth/account", "/auth/second-step"):
            answer = Visitor(guarded).get(path)
            assert (answer.status_code, answer.headers["location"]) == (
                303,
                "/auth/sign-in?next=/auth/account",
            )
        for path in ("/auth/password", "/auth/second-step/begin", "/auth/sign-out-everywhere"):
            assert Visitor(guarded).post(path).headers["location"].startswith("/auth/sign-in")

    def test_it_says_who_one_is_and_where_one_is_signed_in(self, guarded: Server, somebody: str) -> None:
        visitor = signed_in(guarded, somebody)
        signed_in(guarded, somebody)
        text = html.unescape(visitor.get("/auth/account").text)
        assert f"<dd>{somebody}</dd>" in text
        assert "<dd>Coordinator</dd>" in text
        assert "<dd>XA</dd>" in text
        assert text.count("This browser") == 1
        assert text.count("Another browser") == 1

    def test_the_password_is_changed_with_the_old_one(self, guarded: Server, somebody: str) -> None:
        here, elsewhere = signed_in(guarded, somebody), signed_in(guarded, somebody)
        answer = here.post("/auth/password", {"old": PASSWORD, "new": NEW, "again": NEW})
        assert (answer.status_code, answer.headers["location"]) == (303, "/auth/account?done=password")
        assert "Your password is changed." in here.get("/auth/account?done=password").text
        assert elsewhere.get("/").status_code == 303
        assert signed_in_with(guarded, somebody, NEW)
        assert Visitor(guarded).sign_in(somebody, PASSWORD).status_code == 401

    @pytest.mark.parametrize(
        ("old", "new", "again", "said"),
        [
            ("not the old one at all", NEW, NEW, "The old password is not right. Type it again."),
            (PASSWORD, NEW, NEW + "x", "The two passwords are not the same. Type the new password twice."),
            (PASSWORD, "short", "short", "at least 15 are needed"),
        ],
    )
    def test_a_change_that_will_not_do_is_told(
        self, guarded: Server, somebody: str, old: str, new: str, again: str, said: str
    ) -> None:
        visitor = signed_in(guarded, somebody)
        answer = visitor.post("/auth/password", {"old": old, "new": new, "again": again})
        assert answer.status_code == 400
        assert said in alert(answer)
        assert signed_in_with(guarded, somebody, PASSWORD)

    def test_an_unknown_word_in_the_address_says_nothing(self, guarded: Server) -> None:
        text = signed_in(guarded, ALICE).get("/auth/account?done=%3Cscript%3E").text
        assert "<script" not in text
        assert 'role="status"' not in text


class TestSecondStep:
    def test_it_is_set_up_with_a_first_code_and_asked_for_ever_after(
        self, guarded: Server, somebody: str
    ) -> None:
        secret, codes = with_second_step(guarded, somebody)
        assert len(codes) == 10
        visitor = Visitor(guarded)
        lacking = visitor.sign_in(somebody)
        assert lacking.status_code == 401
        assert alert(lacking).startswith("This account has a second step.")
        assert 'aria-invalid="true"' in field(lacking, "code")
        assert "autofocus" in field(lacking, "code")
        assert visitor.sign_in(somebody, code="000000").status_code == 401
        assert visitor.sign_in(somebody, code=codes[0]).status_code == 303
        assert Visitor(guarded).sign_in(somebody, code=codes[0]).status_code == 401
        assert visitor.sign_in(somebody, code=later(secret)).status_code == 303

    def test_a_wrong_first_code_leaves_the_picture(self, guarded: Server, somebody: str) -> None:
        visitor = signed_in(guarded, somebody)
        begun = visitor.post("/auth/second-step/begin")
        address = html.unescape(re.findall(r'name="address" value="([^"]+)"', begun.text)[0])
        again = visitor.post("/auth/second-step/confirm", {"address": address, "code": "000000"})
        assert again.status_code == 400
        assert alert(again)
        assert secret_in(again) == secret_in(begun)
        assert picture_in(again) == picture_in(begun)
        typed = {"address": address, "code": pyotp.TOTP(secret_in(begun)).now()}
        assert visitor.post("/auth/second-step/confirm", typed).status_code == 200

    @pytest.mark.parametrize(
        "address", ["", "https://evil.example", "otpauth://totp/", "otpauth://totp/" + "x" * 2000]
    )
    def test_an_address_of_something_else_is_not_drawn(
        self, guarded: Server, somebody: str, address: str
    ) -> None:
        visitor = signed_in(guarded, somebody)
        visitor.post("/auth/second-step/begin")
        answer = visitor.post("/auth/second-step/confirm", {"address": address, "code": "000000"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/auth/second-step")

    def test_it_is_removed_with_a_code(self, guarded: Server, somebody: str) -> None:
        _, codes = with_second_step(guarded, somebody)
        visitor = Visitor(guarded)
        visitor.sign_in(somebody, code=codes[0])
        assert visitor.post("/auth/second-step/remove", {"code": codes[0]}).status_code == 400
        answer = visitor.post("/auth/second-step/remove", {"code": codes[1]})
        assert answer.headers["location"] == "/auth/account?done=removed"
        assert "The second step is removed." in visitor.get("/auth/account?done=removed").text
        assert Visitor(guarded).sign_in(somebody).status_code == 303

    def test_a_second_beginning_is_refused_where_it_is_set_up(self, guarded: Server, somebody: str) -> None:
        _, codes = with_second_step(guarded, somebody)
        visitor = Visitor(guarded)
        visitor.sign_in(somebody, code=codes[0])
        answer = visitor.post("/auth/second-step/begin")
        assert answer.status_code == 400
        assert "This account has a second step already." in alert(answer)


class TestWhereEveryoneNeedsASecondStep:
    def test_no_page_is_shown_before_it_is_set_up(self, strict: Server) -> None:
        somebody = add(strict, "Somebody new")
        visitor = signed_in(strict, somebody)
        for path in ("/", "/profile"):
            assert visitor.get(path).headers["location"] == "/auth/second-step"
        with visitor.tab() as tab:
            assert tab.said("person") == ""
        assert "Everyone who signs in here needs a second step" in visitor.get("/auth/second-step").text
        set_up(visitor)
        assert visitor.get("/").status_code == 200
        with visitor.tab() as tab:
            assert tab.said("person") == somebody

    def test_a_session_that_was_not_asked_for_the_code_is_asked_then(self, strict: Server) -> None:
        somebody = add(strict, "Somebody from elsewhere")
        secret, codes = with_second_step(strict, somebody)
        visitor = entered_elsewhere(strict, somebody)
        assert visitor.get("/").headers["location"] == "/auth/second-step"
        assert 'action="/auth/second-step/prove"' in visitor.get("/auth/second-step").text
        assert visitor.post("/auth/second-step/prove", {"code": "000000"}).status_code == 400
        assert visitor.post("/auth/second-step/prove", {"code": codes[3]}).headers["location"] == "/"
        assert visitor.get("/").status_code == 200
        assert secret


def secret_in(answer: httpx.Response) -> str:
    return re.findall(r'class="secret">([^<]+)<', answer.text)[0].replace(" ", "")


def picture_in(answer: httpx.Response) -> str:
    return re.findall(r"<svg.*?</svg>", answer.text, re.DOTALL)[-1]


def set_up(visitor: Visitor) -> tuple[str, list[str]]:
    """Set the second step of a signed-in visitor up; return its secret and the recovery codes."""
    begun = visitor.post("/auth/second-step/begin")
    assert begun.status_code == 200, begun.text
    address = html.unescape(re.findall(r'name="address" value="([^"]+)"', begun.text)[0])
    secret = secret_in(begun)
    assert pyotp.parse_uri(address).secret == secret  # type: ignore[attr-defined]
    typed = {"address": address, "code": pyotp.TOTP(secret).now()}
    done = visitor.post("/auth/second-step/confirm", typed)
    assert done.status_code == 200, done.text
    return secret, re.findall(r"<li>([^<]+)</li>", done.text)


def with_second_step(running: Server, name: str) -> tuple[str, list[str]]:
    return set_up(signed_in(running, name))


def later(secret: str) -> str:
    """Return the code after the present one, which is accepted too and was surely not used yet."""
    clock = pyotp.TOTP(secret)
    return clock.generate_otp(clock.timecode(datetime.now(UTC)) + 1)


def signed_in_with(running: Server, name: str, password: str) -> bool:
    return Visitor(running).sign_in(name, password).status_code == 303


def entered_elsewhere(running: Server, name: str) -> Visitor:
    """Return a visitor whose session was opened by another provider, which asked for no second step."""
    store = store_in(running.home)
    account = accounts.find(LOCAL, store, name)
    token = sessions.enter(store, account.id, second_step=False).token
    store.close()
    visitor = Visitor(running)
    visitor.http.headers["cookie"] = f"arusha={token}"
    return visitor
