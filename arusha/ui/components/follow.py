"""Follow links to pages of this program inside the page."""

from collections.abc import Mapping

import streamlit as st

from arusha.ui.components.sources import register

_mount = register("follow")


def follow(pages: Mapping[str, str], language: str, key: str = "follow") -> None:
    """Go where a link of the class ``go`` leads; ``pages`` maps its path to the page's file.

    ``language`` is told to the browser, so that a screen reader speaks it.
    """
    sent = _mount(key=key, height=1, data={"language": language}, on_link_change=_nothing).link
    if sent and sent["page"] in pages:
        st.switch_page(pages[sent["page"]], query_params=sent["query"])


def _nothing() -> None:
    """Do nothing: the component reports a link only when a callback is there."""
