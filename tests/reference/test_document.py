"""The Markdown document holds everything, leads where it says, and no text breaks it."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from arusha.i18n import translator
from arusha.reference import markdown
from arusha.reference.content import Content
from arusha.reference.document import document
from questionnaires import loading
from questionnaires.loading import read
from tests.questionnaires.small import TEXT, changed, written

EDITION = loading.edition(loading.editions()[-1])
RENDER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
LANGUAGES = sorted(EDITION.languages)
HOSTILE = (
    "# heading",
    "1. one",
    "- item",
    "a | b",
    "[x](https://evil.example)",
    "<script>alert(1)</script>",
    "![x](y)",
    "*a* _b_ ~~c~~ `d`",
    "&lt;",
    "$x^2$",
    "back\\slash\\",
    "https://evil.example www.evil.example a@evil.example",
    "---",
    "===",
    "> quote",
    "```",
    "two\nlines",
)


class Reader(HTMLParser):
    """Gathers the text and the tags of a rendered document."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def rendered(text: str) -> Reader:
    reader = Reader()
    reader.feed(RENDER.render(text))
    return reader


def flat(text: str) -> str:
    return " ".join(text.split())


def written_in(language: str) -> str:
    return document(Content(translator(language), EDITION, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_questionnaire_is_in_it(language: str) -> None:
    said = flat(" ".join(rendered(written_in(language)).said))
    words = EDITION.words(language)
    lacking = []
    for practice in EDITION.practices.values():
        own = words.practices[practice.id]
        wanted = [own.question, own.why, *own.steps.values(), *own.evidence]
        wanted += [text for m in own.measures.values() for text in (m.name, m.output, m.indicator)]
        wanted += [practice.id, *(words.owner[one] for one in practice.owner)]
        wanted += [words.evidence[one] for one in practice.evidence]
        lacking += [text for text in wanted if flat(text) not in said]
    lacking += [text for f in words.factors.values() for text in (f.name, f.asks) if flat(text) not in said]
    assert lacking == []
    assert "no maturity scale" in said or language != "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_to_an_anchor_and_every_practice_has_one(language: str) -> None:
    tags = rendered(written_in(language)).tags
    anchors = [given["id"] for tag, given in tags if tag == "a" and "id" in given]
    targets = {str(given["href"]) for tag, given in tags if tag == "a" and "href" in given}
    assert len(anchors) == len(set(anchors))
    assert targets <= {f"#{anchor}" for anchor in anchors}
    assert {f"#{name}" for name in EDITION.practices} <= targets


def test_each_practice_is_a_heading_of_its_own_with_its_steps_in_order() -> None:
    tags = rendered(written_in("en")).tags
    assert sum(tag == "h3" for tag, _ in tags) == len(EDITION.practices)
    first = next(iter(EDITION.practices))
    part = document(Content(translator("en"), EDITION, "en"), [EDITION.practices[first]])
    names = EDITION.words("en").scales[EDITION.practices[first].scale].values()
    places = [part.index(f"**{name}**") for name in names]
    assert places == sorted(places)


def test_what_to_show_stands_beside_every_step() -> None:
    part = written_in("en")
    steps = sum(len(EDITION.scale_of(practice).steps) for practice in EDITION.practices.values())
    assert part.count("To show: ") == steps


def test_a_part_has_neither_contents_nor_coverage() -> None:
    one = EDITION.factors[1].practices[0]
    part = document(Content(translator("en"), EDITION, "en"), [one])
    assert "Contents" not in part
    assert "Practices that name it first" not in part
    assert part.count("\n### ") == 1
    assert EDITION.words("en").factors[EDITION.factors[1].id].name in part


def test_a_foreign_questionnaire_is_shown_with_what_it_has(tmp_path: Path) -> None:
    small = read(written(tmp_path))
    said = document(Content(translator("en"), small, "en"))
    assert "Is the store locked?" in said
    assert "To show" not in said, "what to show is known for our own scale only"
    assert "What a reviewer would ask to see\n\n- The lock" in said
    assert "Practices that name it first" not in said


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_shown_as_they_are(text: str, tmp_path: Path) -> None:
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    changes = [('"Is the store locked?"', quoted), ('"A lock"', quoted), ('["The lock"]', f"[{quoted}]")]
    small = read(written(tmp_path, en=changed(TEXT, *changes)))
    page = rendered(document(Content(translator("en"), small, "en")))
    plain = document(Content(translator("en"), read(written(tmp_path)), "en"))
    assert flat(" ".join(page.said)).count(flat(text)) >= 3
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in rendered(plain).tags]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
@example("x")
@example(" –")
def test_any_text_is_shown_as_it_is_in_a_paragraph_a_list_and_a_table(text: str) -> None:
    if not text.split():
        return
    line = markdown.inline(text)
    for block, tags, wanted in (
        (line, ["p"], text),
        (f"- {line}", ["ul", "li"], text),
        (markdown.heading(3, text), ["h3"], text),
        (f"{markdown.strong(text)} –", ["p", "strong"], f"{' '.join(text.split())} –"),
        (f"x [{line}](#a)", ["p", "a"], f"x {text}"),
    ):
        page = rendered(block)
        assert [tag for tag, _ in page.tags] == tags, block
        assert flat("".join(page.said)) == flat(wanted), block
    row = rendered(markdown.table(["a", "b"], [[line, "y"]]))
    assert [said for said in map(flat, row.said) if said] == ["a", "b", flat(text), "y"]


def test_addresses_do_not_become_links_where_they_are_found_in_text() -> None:
    said = markdown.inline("http://a.example www.a.example me@a.example")
    assert not re.search(r"://|www\.|@", said)
