"""The frame around every page: the name, where the reader is, and the way to the other pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from arusha.ui.components.follow import follow
from arusha.ui.parts.markup import show, tag, text


@dataclass(frozen=True)
class Entry:
    """A page in the registry: its path in the address, its file, its title, whether it needs a round."""

    path: str
    file: str
    title: str
    needs_round: bool = False
    listed: bool = True


def run(sections: Mapping[str, Sequence[Entry]], query: Mapping[str, str], where: str) -> None:
    """Draw the side bar and run the page; ``query`` is the place that every link keeps."""
    entries = [entry for section in sections.values() for entry in section]
    pages = {entry.file: _page(entry) for entry in entries}
    page = st.navigation(list(pages.values()), position="hidden")
    with st.sidebar:
        show(tag("div", text("Arusha toolkit"), class_="brand"))
        show(tag("div", text(where), class_="where"))
        for title, section in sections.items():
            _section(title, [entry for entry in section if _is_open(entry, query)], pages, query)
    follow({entry.path: entry.file for entry in entries})
    page.run()


def _page(entry: Entry) -> st.Page:
    home = entry.path == ""
    return st.Page(entry.file, title=entry.title, url_path=entry.path or "home", default=home)


def _is_open(entry: Entry, query: Mapping[str, str]) -> bool:
    return entry.listed and (not entry.needs_round or "round" in query)


def _section(
    title: str, entries: Sequence[Entry], pages: Mapping[str, st.Page], query: Mapping[str, str]
) -> None:
    if title and entries:
        show(tag("div", text(title), class_="section"))
    for entry in entries:
        st.page_link(pages[entry.file], label=entry.title, query_params=dict(query), width="stretch")
