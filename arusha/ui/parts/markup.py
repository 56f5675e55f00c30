"""The only place that writes HTML into a page; every value that goes in is escaped here.

Text a person typed never goes through here unescaped: ``plain`` shows it as it is, without
links, images or formatting.
"""

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

import streamlit as st

MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~^=&@\"'/])")


def show(markup: str) -> None:
    """Show markup made by the parts of this folder."""
    st.markdown(markup, unsafe_allow_html=True)  # constants and escaped values only


def tag(name: str, content: str = "", /, **attributes: object) -> str:
    """Return an element; ``content`` is markup, attribute values are escaped (``class_`` is class)."""
    given = {
        key.rstrip("_").replace("_", "-"): value for key, value in attributes.items() if value is not None
    }
    said = "".join(f' {key}="{escape(str(value), quote=True)}"' for key, value in given.items())
    return f"<{name}{said}>{content}</{name}>"


def text(value: object) -> str:
    """Return a value as text inside markup: escaped for HTML, and inert for Markdown around it."""
    return "".join(f"&#{ord(c)};" if c in "\\`*_{}[]()#+-.!|<>$:~^=&@\"'/\n" else c for c in str(value))


def md(value: object) -> str:
    """Return a value as text inside Markdown and labels: shown verbatim, never as a link or an image."""
    return MARKS.sub(r"\\\1", str(value)).replace("\n", "  \n")


def download(label: str, address: str) -> str:
    """Return a link that fetches a file; the page stays where it is."""
    return tag("p", tag("a", text(label), href=address, target="_self", class_="download"))


def href(page: str, query: Mapping[str, str]) -> str:
    """Return the address of a page of this program with where the reader is."""
    return f"/{page}?{urlencode(query)}" if query else f"/{page}"
