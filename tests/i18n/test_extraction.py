"""Every sentence a reader may meet is in the catalogue, as a whole sentence."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from arusha.i18n import extraction

ROOT = Path(__file__).parents[2]
FILES = sorted(path for source in extraction.SOURCES for path in (ROOT / source).rglob("*.py"))

# Sentences that are marked with N_ where they stand.
LOOKED_UP = {
    *(
        "row.why.text",
        "decision.reason",
        "line.sentence",
        "deed.name",
        "fitting[0]",
        "sentence",
    ),  # of the trail
    *("column.heading", "column.help", "plan.title", "plan.help", "rule", "about"),  # of a sheet
    *("name", "said", "read.name", "reading.name", "head", "heading", "note", "_name(reading)"),  # of plans
}
"""What a sentence may be held in beside a table of constants; where it is made, it is marked."""


def is_of_a_table(argument: ast.expr) -> bool:
    """Return whether this is a constant sentence, or one looked up in a table of them: both are capitals."""
    if isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute):
        argument = argument.func.value if argument.func.attr == "get" else argument
    table = argument.value if isinstance(argument, ast.Subscript) else argument
    name = table.attr if isinstance(table, ast.Attribute) else getattr(table, "id", "")
    return name.isupper()


SHOWING = {
    *(
        "title",
        "header",
        "subheader",
        "write",
        "markdown",
        "caption",
        "text",
        "info",
        "error",
        "warning",
        "success",
    ),
    *(
        "toast",
        "button",
        "download_button",
        "link_button",
        "text_input",
        "text_area",
        "selectbox",
        "multiselect",
    ),
    *(
        "segmented_control",
        "pills",
        "radio",
        "checkbox",
        "toggle",
        "number_input",
        "file_uploader",
        "expander",
    ),
    *("tabs", "spinner", "popover", "dialog", "status", "badge", "metric", "page_link", "table", "md"),
}
LABELS = {
    "label",
    "help",
    "placeholder",
    "body",
    "alt",
    "caption",
    "page_title",
    "aria_label",
    "title",
    "summary",
}
NAMES = {"Arusha toolkit"}  # the program's own name


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in FILES:
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_the_catalogue_is_up_to_date() -> None:
    now = extraction.as_file(extraction.gather())
    assert extraction.TEMPLATE.read_bytes() == now, "run: python -m arusha.i18n.extraction"


def test_the_catalogue_can_be_read_and_holds_what_pages_and_refusals_say() -> None:
    with extraction.TEMPLATE.open("rb") as source:
        catalog = read_po(source)
    assert catalog.get("How is this computed?") is not None
    assert catalog.get("The database is locked by another program.") is not None
    several = catalog.get(("{count} answer changed.", "{count} answers changed."))
    assert several is not None
    assert several.pluralizable


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("t('Open')", [("Open",)]),
        ("here.t('Open')", [("Open",)]),
        ("self.reading.t('A ' 'b')", [("A b",)]),
        ("raise refuse(x, N_('Fault.'), N_('Remedy.'))", [("Fault.",), ("Remedy.",)]),
        ("t.many('{count} one', '{count} more', n)", [("{count} one", "{count} more")]),
        ("here.t.many('a', 'b', 3, x=t('c'))", [("a", "b"), ("c",)]),
        ("t(name); many('a', 'b'); other('c'); t(); x.get('t')", []),
    ],
)
def test_sentences_are_found(source: str, found: list[tuple[str, ...]]) -> None:
    assert list(extraction.sentences(source)) == found


def test_no_sentence_is_built_from_pieces() -> None:
    """A translator sees whole sentences: no f-string, no sum, no variable where a sentence belongs."""
    built = [
        f"{place}:{call.lineno}: {ast.unparse(argument)}"
        for place, tree in sources()
        for call in extraction.calls(tree)
        for argument in call.args[: 2 if extraction.name_of(call) == extraction.SEVERAL else 1]
        if extraction.constant(argument) is None
        and not is_of_a_table(argument)
        and ast.unparse(argument) not in LOOKED_UP
    ]
    assert built == []


def test_every_placeholder_of_a_sentence_is_a_name() -> None:
    said = [sentence for path in FILES for sentence in extraction.sentences(path.read_text(encoding="utf-8"))]
    fields = {name for sentence in said for text in sentence for name in placeholders(text)}
    assert [name for name in fields if not name.isidentifier()] == []
    for one, several in (sentence for sentence in said if len(sentence) > 1):
        assert placeholders(one) <= placeholders(several), several


def test_every_sentence_is_given_what_it_names() -> None:
    """A call fills every placeholder of its sentence, unless it hands over a whole mapping."""
    lacking = []
    for place, tree in sources():
        for call in extraction.calls(tree):
            texts = [text for argument in call.args[:2] if (text := extraction.constant(argument))]
            given = {keyword.arg for keyword in call.keywords}
            if extraction.name_of(call) == "N_" or None in given:
                continue
            named = {name for text in texts for name in placeholders(text)}
            if extraction.name_of(call) == extraction.SEVERAL:
                named -= {"count"}
            if named - given:
                lacking.append(f"{place}:{call.lineno}: {sorted(named - given)}")
    assert lacking == []


def test_no_page_shows_a_bare_literal() -> None:
    bare = [
        f"{place}:{call.lineno}: {said!r}"
        for place, tree in sources()
        if _shows(tree)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for shown in _shown(call)
        for said in _literals(shown)
        if said not in NAMES
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("source", "bare"),
    [
        ("st.title('Welcome')", ["Welcome"]),
        ("column.button(f'Go to {name}')", ["Go to "]),
        ("st.markdown(f':orange[**{md(t(x))}**] · {n}')", []),
        ("st.tabs([t('One'), 'Two'])", ["Two"]),
        ("st.selectbox(t('A'), options, placeholder='Choose')", ["Choose"]),
        ("st.button('A' + t('b') if x else 'Not so')", ["Not so"]),
        ("st.button(t('Yes'), key='a_key', type='primary')", []),
    ],
)
def test_bare_literals_are_found(source: str, bare: list[str]) -> None:
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    assert [said for call in calls for shown in _shown(call) for said in _literals(shown)] == bare


def _shows(tree: ast.Module) -> bool:
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named = [a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names]
    return any(name.startswith(("streamlit", "arusha.ui")) for name in imported + named)


def _shown(call: ast.Call) -> Iterator[ast.expr]:
    """Yield what a call shows: its first argument when it is a call that shows, and every label."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in SHOWING and call.args:
        yield call.args[0]
    yield from (keyword.value for keyword in call.keywords if keyword.arg in LABELS)


def _literals(node: ast.expr) -> Iterator[str]:
    """Yield the words that stand bare in an expression; what other calls return is their own affair."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if re.search(r"[^\W\d_]{2,}", re.sub(r":[a-z-]+\[", "", node.value)):
            yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (said for part in (node.body, node.orelse) for said in _literals(part))
    elif not isinstance(node, ast.Call):
        yield from (
            said
            for part in ast.iter_child_nodes(node)
            if isinstance(part, ast.expr)
            for said in _literals(part)
        )
