"""Visit pages without a browser, as ``AppTest`` runs them, and read everything they show.

AppTest does not know components v2 and charts: it keeps what the page sends them, which is read
here; what they do in a browser is tested in a browser.
"""

import ast
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[1]
SHELL = ROOT / "arusha" / "shell.py"
SHOWN = {"label", "body", "help", "placeholder", "content", "alt", "caption", "text", "message"}
SHOWN |= {"options", "captions"}
CHART = {"name", "text", "hovertext", "ticktext", "theta"}
SAID = {"title", "aria-label", "alt"}
PLAIN_OPTIONS = {"selectbox", "multiselect"}  # a browser shows what they offer as it is, not as Markdown
UNSAID = {"id", "draft", "kind", "outcome", "answered", "language", "drawn", "link"}


@dataclass(frozen=True)
class Listed:
    """A page as ``shell.py`` lists it: its path in the address, its file, its title."""

    path: str
    file: str
    title: str
    needs_round: bool
    needs: str
    on_a_server: bool = False

    @property
    def permission(self) -> str:
        """Return the name of the permission the page opens with."""
        source = (SHELL.parent / self.file).read_text(encoding="utf-8")
        return re.findall(r"gate\.open\(Permission\.(\w+)\)", source)[0]


def listed() -> Iterator[Listed]:
    """Yield every page of the registry, read from its source: running it needs a session."""
    tree = ast.parse(SHELL.read_text(encoding="utf-8"))
    constants = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Entry":
            path, file, title = node.args
            given = {keyword.arg: ast.literal_eval(keyword.value) for keyword in node.keywords}
            assert isinstance(path, ast.Constant)
            assert isinstance(title, ast.Call)
            place, said = _joined(file, constants), ast.literal_eval(title.args[0])
            needs_round, on_a_server = bool(given.get("needs_round")), bool(given.get("on_a_server"))
            yield Listed(str(path.value), place, said, needs_round, str(given["needs"]), on_a_server)


def _joined(node: ast.expr, constants: dict[str, str]) -> str:
    if isinstance(node, ast.BinOp):
        return _joined(node.left, constants) + _joined(node.right, constants)
    return constants[node.id] if isinstance(node, ast.Name) else str(ast.literal_eval(node))


PAGES = tuple(listed())
LOCAL_PAGES = tuple(page for page in PAGES if not page.on_a_server)
"""The pages there are without accounts."""


def visit(file: str, *, session: dict[str, object] | None = None, **query: str) -> AppTest:
    """Open the page of a file with an address's query, and with what the session remembers."""
    at = AppTest.from_file(SHELL, default_timeout=60)
    for name, value in query.items():
        at.query_params[name] = value
    at.run()  # AppTest knows the registry only after a first run
    for name, value in (session or {}).items():
        at.session_state[name] = value
    return at.switch_page(file).run()


def registered(at: AppTest) -> set[tuple[str, str, str]]:
    """Return path, file and title of every page that Streamlit registered."""
    return {
        (
            page["url_pathname"],
            Path(page["script_path"]).relative_to(SHELL.parent).as_posix(),
            page["page_name"],
        )
        for page in at._registered_pages.values()
    }


def went_wrong(at: AppTest) -> list[str]:
    """Return the exceptions of a run."""
    return [f"{found.value}\n{''.join(found.stack_trace or ())}" for found in at.exception]


def refusals(at: AppTest) -> list[str]:
    """Return what the page refuses, as the markup that says so."""
    return [found.value for found in at.markdown if 'class="refusal"' in found.value]


@dataclass
class Shown:
    """A text that a page shows, how it was written there, and what a browser would make of it."""

    kind: str
    raw: str
    text: str
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)


def shown(at: AppTest) -> Iterator[Shown]:
    """Yield every text of a page: elements, labels, charts and what components are told."""
    for node in _nodes(at._tree):
        proto = getattr(node, "proto", None)
        kind = getattr(node, "type", "")
        if proto is None or kind == "html":  # st.html carries the style sheet
            continue
        if kind == "bidi_component":
            yield from (Shown(kind, said, said) for said in _strings(json.loads(proto.json or "{}")))
        elif kind == "plotly_chart":
            yield from _of_chart(proto)
        else:
            chosen = set(proto.options) if kind in PLAIN_OPTIONS else set()
            for said in _fields(proto):
                plain = said in chosen
                yield (
                    Shown(kind, said, said)
                    if plain
                    else _read(kind, said, html=getattr(proto, "allow_html", False))
                )


def all_shown(at: AppTest) -> str:
    """Return everything a page shows as one text."""
    return "\n".join(one.text for one in shown(at))


def _nodes(block: Any) -> Iterator[Any]:
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from _nodes(child)


def _fields(message: Any) -> Iterator[str]:
    for descriptor, value in message.ListFields():
        if descriptor.name not in SHOWN:
            continue
        for one in value if not isinstance(value, str) and isinstance(value, Sequence) else [value]:
            if isinstance(one, str):
                yield one
            elif hasattr(one, "ListFields"):
                yield from _fields(one)


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for name, value in data.items():
            if name not in UNSAID:
                yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)


def _of_chart(proto: Any) -> Iterator[Shown]:
    for said in (proto.alt, *_drawn(json.loads(proto.spec))):
        yield Shown("plotly_chart", said, re.sub(r"<[^>]+>", " ", said))


def _drawn(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for name, value in data.items():
            if name in CHART:
                yield from _strings(value)
            elif name != "template":
                yield from _drawn(value)
    elif isinstance(data, list):
        for value in data:
            yield from _drawn(value)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.said.append("\n" if tag == "br" else "")
        self.said += [f" {value} " for name, value in attrs if name in SAID and value]

    def handle_endtag(self, tag: str) -> None:
        self.said.append("" if tag in ("em", "b", "i") else " ")

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def _read(kind: str, said: str, *, html: bool) -> Shown:
    if kind in ("text", "code"):
        return Shown(kind, said, said)
    reader = _Reader()
    reader.feed(MarkdownIt("commonmark", {"html": html}).render(said))
    return Shown("markup" if html else "markdown", said, "".join(reader.said), reader.tags)
