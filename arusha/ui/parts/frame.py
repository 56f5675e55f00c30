"""The frame around every page: the name, where the reader is, and the way to the other pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from arusha.ui.components.follow import follow
from arusha.ui.parts.markup import href, show, tag, text


@dataclass(frozen=True)
class Entry:
    """A page in the registry: its path in the address, its file, its title, what it needs to be opened.

    ``needs`` is the permission it opens with; ``on_a_server`` a page that only people who sign in need.
    """

    path: str
    file: str
    title: str
    needs: str = ""
    needs_round: bool = False
    listed: bool = True
    on_a_server: bool = False


@dataclass(frozen=True)
class Person:
    """Whose session it is, at the foot of the side bar, and what the link to their account is called."""

    name: str
    role: str
    account: str


ACCOUNT = "/auth/account"


@dataclass(frozen=True)
class Choice:
    """The languages at the foot of the side bar, each a link that says ``key=tag`` in its address."""

    label: str
    key: str
    names: Mapping[str, str]
    chosen: str


def run(
    sections: Mapping[str, Sequence[Entry]],
    query: Mapping[str, str],
    where: str,
    label: str,
    choice: Choice,
    person: Person | None = None,
) -> None:
    """Draw the side bar and run the page.

    ``query`` is the place that every link keeps, ``where`` that place in words, ``label`` what the
    list of pages is called for a screen reader. The list is one piece of markup: a page of Streamlit's
    own links is drawn anew link by link at every click anywhere.
    """
    entries = [entry for section in sections.values() for entry in section]
    pages = {entry.file: _page(entry) for entry in entries}
    page = st.navigation(list(pages.values()), position="hidden")
    here = next(entry for entry in entries if pages[entry.file] == page)
    with st.sidebar:
        brand = tag("div", text("Arusha toolkit"), class_="brand") + tag("div", text(where), class_="where")
        shown = {title: [e for e in section if _is_open(e, query)] for title, section in sections.items()}
        lists = "".join(_section(title, section, here, query) for title, section in shown.items() if section)
        foot = _languages(choice, here) + _person(person)
        show(brand + tag("nav", lists, aria_label=label) + foot)
    follow({entry.path: entry.file for entry in entries}, choice.chosen)
    page.run()


def _languages(choice: Choice, here: Entry) -> str:
    """Return the languages as links to this very place, each by its own name."""
    if len(choice.names) < 2:
        return ""
    links = []
    for name, said in choice.names.items():
        link = href(here.path, st.query_params.to_dict() | {choice.key: name})
        now = "true" if name == choice.chosen else None
        links.append(
            tag("a", text(said), href=link, target="_self", class_="language go", lang=name, aria_current=now)
        )
    return tag("nav", "".join(links), class_="languages", aria_label=choice.label)


def _person(person: Person | None) -> str:
    """Return who is signed in, with the way to their account, which leaves the app."""
    if person is None:
        return ""
    who = tag("strong", text(person.name)) + tag("span", text(person.role))
    link = tag("a", text(person.account), href=ACCOUNT, target="_self", class_="account")
    return tag("div", who + link, class_="person")


def _page(entry: Entry) -> st.Page:
    home = entry.path == ""
    return st.Page(entry.file, title=entry.title, url_path=entry.path or "home", default=home)


def _is_open(entry: Entry, query: Mapping[str, str]) -> bool:
    return entry.listed and (not entry.needs_round or "round" in query)


def _section(title: str, entries: Sequence[Entry], here: Entry, query: Mapping[str, str]) -> str:
    head = tag("div", text(title), class_="section") if title else ""
    return head + "".join(_link(entry, query, current=entry is here) for entry in entries)


def _link(entry: Entry, query: Mapping[str, str], *, current: bool) -> str:
    link, now = href(entry.path, query), "page" if current else None
    return tag("a", text(entry.title), href=link, target="_self", class_="page go", aria_current=now)
