"""Why may I see this? The page answers as the rules decide, for every account and every role."""

import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from arusha.access import explaining
from arusha.access.explaining import PERMISSIONS
from arusha.access.people import accounts
from arusha.access.roles import GRANTS, NATIONAL, Role
from arusha.access.rules import LOCAL, Audience, Permission, Subject, decide
from arusha.store import Store
from tests.access.pages.conftest import Open
from tests.assessments.pages.using import choose, labelled, run
from tests.visiting import all_shown, refusals

WHY = "why.py"
ANSWER = "To do what"


def everything(at: AppTest) -> dict[str, str]:
    """Return permission -> how far, as the table says it."""
    markup = next(one.value for one in at.markdown if "<table>" in one.value)
    rows = re.findall(r"<tr><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td></tr>", markup)
    return {unescape(permission): unescape(far) for _, far, permission in rows}


def said(at: AppTest) -> str:
    """Return the decision as it is shown, without the marks of Markdown."""
    (shown,) = [*at.success, *at.error]
    return str(shown.value).replace("\\", "")


def of_account(at: AppTest, store: Store, name: str) -> AppTest:
    return choose(at, "Account", accounts.find(LOCAL, store, name).id)


def of_role(at: AppTest, role: Role) -> AppTest:
    labelled(at.radio, "Of whom").set_value("role")
    return choose(run(at), "Role", role)


def test_nothing_is_said_before_somebody_is_chosen(open_page: Open) -> None:
    at = open_page(WHY, "Root")
    assert [one.value for one in at.info] == ["Choose an account or a role."]
    assert not at.subheader


@pytest.mark.parametrize("name", ["Aya", "Hami", "Ben", "Reg", "Rev"])
def test_only_who_may_explain_access_opens_it(name: str, open_page: Open) -> None:
    at = open_page(WHY, name)
    assert len(refusals(at)) == 1
    assert not at.title


def test_the_table_says_everything_an_account_may(server: Store, open_page: Open) -> None:
    found = everything(of_account(open_page(WHY, "Root"), server, "Ben"))
    assert list(found) == [one.value for one in Permission]
    assert found["answer:write"] == (
        "In the administration Kenya (KE) only, and only for these factors: Reform and Modernization."
    )
    assert found["round:sign"] == "Not at all."
    assert found["questionnaire:read"] == "Everywhere."
    assert found["disclosure:read"] == "What was disclosed to everyone."


@pytest.mark.parametrize("role", Role)
def test_the_table_says_everything_a_role_may(role: Role, open_page: Open) -> None:
    found = everything(of_role(open_page(WHY, "Root"), role))
    held = {permission for permission, far in found.items() if far != "Not at all."}
    assert held == {one.value for one in GRANTS[role]}


@pytest.mark.parametrize(
    "permission", [Permission.ROUND_SIGN, Permission.ANSWER_WRITE, Permission.TRAIL_READ]
)
@pytest.mark.parametrize("role", [Role.HEAD, Role.CONTRIBUTOR, Role.ANALYST, Role.SYSTEM])
def test_a_decision_is_the_one_of_the_rules(role: Role, permission: Permission, open_page: Open) -> None:
    at = choose(of_role(open_page(WHY, "Root"), role), ANSWER, permission.value)
    decision = decide(explaining.of_role(role), permission)
    word = "Allowed" if decision.allowed else "Refused"
    assert said(at) == f"{word}. The reason: {decision.reason.format_map(decision.values)}"


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("code", ["KE", "FJ"])
@pytest.mark.parametrize("name", ["Ben", "Reg", "Rev"])
def test_a_decision_about_something_is_the_one_of_the_rules(
    name: str, code: str, audience: Audience, server: Store, open_page: Open
) -> None:
    at = of_account(open_page(WHY, "Root"), server, name)
    choose(at, ANSWER, "disclosure:read")
    at.checkbox[0].set_value(True)
    run(at)
    labelled(at.text_input, "Code of the administration").set_value(code.lower())
    choose(at, "Its region", "europe")
    choose(at, "Factor", "reform")
    at = choose(at, "Shared", audience.value)
    person = accounts.actor_of(accounts.find(LOCAL, server, name))
    decision = decide(person, Permission.DISCLOSURE_READ, Subject(code, "reform", "europe", audience))
    assert said(at).startswith("Allowed" if decision.allowed else "Refused")
    assert decision.reason.format_map(decision.values) in said(at)


def test_a_national_role_is_asked_for_an_administration(open_page: Open) -> None:
    for role in Role:
        at = of_role(open_page(WHY, "Root"), role)
        asked = "Code of the administration" in {one.label for one in at.text_input}
        assert asked == (role in NATIONAL)


def test_a_disabled_account_may_nothing(server: Store, open_page: Open) -> None:
    accounts.disable(LOCAL, server, "Ben")
    at = of_account(open_page(WHY, "Root"), server, "Ben")
    assert set(everything(at).values()) == {"Not at all."}
    assert at.warning[0].value.replace("\\", "") == "Ben is disabled and may do nothing."
    assert said(at).startswith("Refused")


def test_every_permission_can_be_chosen_by_its_name(open_page: Open) -> None:
    at = of_role(open_page(WHY, "Root"), Role.HEAD)
    assert labelled(at.selectbox, ANSWER).options == [
        f"{PERMISSIONS[one]} ({one.value})" for one in Permission
    ]
    assert "Kenya" not in all_shown(at)
