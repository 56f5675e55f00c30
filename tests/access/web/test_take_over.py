"""Nobody becomes somebody else: by the id of their Streamlit session, or by the header that names a session.

What a guarded server refuses is tried on one without its guard as well, where it has to succeed.
"""

import httpx
import pytest

from arusha.access.web.asking import SESSION
from tests.access.web.world import ALICE, MALLORY, Tab, opened, refused_with, session_of, signed_in
from tests.browsing import Server


class TestTakeOver:
    """Somebody knows the id of Alice's Streamlit session, as from a log."""

    def test_without_the_guard_the_id_alone_is_enough(self, trusting: Server) -> None:
        with Tab(trusting, origin=trusting.url) as alice:
            kept = alice.said("kept")
            assert alice.id
            assert kept
            with Tab(trusting, origin=trusting.url, resume=alice.id) as mallory:
                assert (mallory.id, mallory.said("kept")) == (alice.id, kept)

    def test_nobody_takes_it_over_without_signing_in(self, guarded: Server) -> None:
        with signed_in(guarded, ALICE).tab() as alice:
            assert refused_with(running=guarded, origin=guarded.url, resume=alice.id) == 403
            assert alice.click()

    def test_another_person_gets_a_session_of_their_own(self, guarded: Server) -> None:
        with signed_in(guarded, ALICE).tab() as alice:
            with signed_in(guarded, MALLORY).tab(resume=alice.id) as mallory:
                assert mallory.id != alice.id
                assert mallory.said("kept") != alice.said("kept")
                assert mallory.said("person") == MALLORY
            alice.click()
            assert alice.said("person") == ALICE

    def test_nor_after_its_owner_has_left(self, guarded: Server) -> None:
        with signed_in(guarded, ALICE).tab() as alice:
            left = alice.id, alice.said("kept")
        with signed_in(guarded, MALLORY).tab(resume=left[0]) as mallory:
            assert mallory.id != left[0]
            assert mallory.said("kept") != left[1]

    def test_who_signs_in_again_does_not_find_the_session_of_before(self, guarded: Server) -> None:
        before = signed_in(guarded, ALICE).tab()
        with before, signed_in(guarded, ALICE).tab(resume=before.id) as after:
            assert after.id != before.id

    def test_its_owner_goes_on_after_the_line_was_cut(self, guarded: Server) -> None:
        owner = signed_in(guarded, ALICE)
        with owner.tab() as before:
            kept = before.id, before.said("kept")
        with owner.tab(resume=kept[0]) as after:
            assert (after.id, after.said("kept")) == kept


class TestSpoofedHeader:
    """Somebody sends the header by which the surface names a session."""

    @pytest.fixture
    def session(self, guarded: Server) -> str:
        """Return the id of a live session of Alice."""
        return session_of(guarded, signed_in(guarded, ALICE))

    def test_without_the_guard_it_is_believed(self, unguarded: Server) -> None:
        session = opened(unguarded, ALICE)
        with Tab(unguarded, origin=unguarded.url, headers={SESSION: session}) as spoofed:
            assert spoofed.said("person") == ALICE

    @pytest.mark.parametrize("name", [SESSION, "X-Arusha-Session", "X-ARUSHA-SESSION"])
    def test_it_does_not_open_a_page(self, guarded: Server, session: str, name: str) -> None:
        headers = {name: session}
        assert refused_with(running=guarded, origin=guarded.url, headers=headers) == 403
        assert httpx.get(guarded.url, headers=headers).status_code == 303

    def test_it_does_not_make_one_person_another(self, guarded: Server, session: str) -> None:
        with signed_in(guarded, MALLORY).tab(headers={SESSION: session}) as mallory:
            assert mallory.said("person") == MALLORY

    def test_it_does_not_open_the_account(self, guarded: Server, session: str) -> None:
        answer = httpx.get(f"{guarded.url}/auth/account", headers={SESSION: session})
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/auth/sign-in")
