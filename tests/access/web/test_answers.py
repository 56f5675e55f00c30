"""The forms can be read in both themes, and every word of theirs goes through the translator."""

import re

import pytest

from arusha.access.web import answers
from arusha.access.web.answers import Field, Form, Link, page
from arusha.i18n import translator
from arusha.ui import theme

TOKEN = re.compile(r"--([a-z]+): light-dark\((#\w{6}), (#\w{6})\)")
TOKENS = {name: (light, dark) for name, light, dark in TOKEN.findall(answers.style())}
TEMPLATES = sorted(answers.TEMPLATES.glob("*.html"))


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["ink", "quiet", "head", "link", "red"])
def test_text_can_be_read(name: str, side: int) -> None:
    assert theme.contrast(TOKENS[name][side], TOKENS["paper"][side]) >= 4.5


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
def test_fields_and_buttons_can_be_seen(side: int) -> None:
    assert theme.contrast(TOKENS["edge"][side], TOKENS["paper"][side]) >= 3
    assert theme.contrast(theme.WHITE, TOKENS["button"][side]) >= 4.5
    assert theme.contrast(TOKENS["ink"][side], TOKENS["behind"][side]) >= 4.5


def test_the_style_names_nothing_outside() -> None:
    assert re.findall(r"url\(([^)]*)\)", answers.style()) != []
    assert all(one.startswith('"/static/media/') for one in re.findall(r"url\(([^)]*)\)", answers.style()))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_words_of_its_own(template: object) -> None:
    """Messages are gathered from Python alone, so a sentence in a template would never be translated."""
    source = template.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    source = re.sub(r"\{% block width %\}\w*\{% endblock %\}", "", source)
    shown = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]+>", " ", source, flags=re.DOTALL)
    assert re.findall(r"[A-Za-z]{2,}", shown) == []
    assert 't("' not in source


def test_whatever_is_shown_is_escaped() -> None:
    hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    form = Form(
        hostile, hostile, (Field(hostile, hostile, hostile, value=hostile, hint=hostile),), ((hostile,) * 2,)
    )
    link = Link(hostile, hostile, hostile)
    shown = page(
        translator(), "form.html", hostile, lead=hostile, faults=[hostile], said=hostile, form=form,
        other=link, links=[link],
    ).body.decode()  # fmt: skip
    assert "<script" not in shown
    assert "<img src=x" not in shown
    assert shown.count("&lt;script&gt;") > 10
