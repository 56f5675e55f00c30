"""Register a component from the files beside this module, once for each running server."""

from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent


def register(name: str, html: str = "", *, styled_by_page: bool = False) -> Any:
    """Return the command that mounts the component whose script (and style) bear this name.

    ``styled_by_page`` lets the style sheet of the page reach it.
    """
    style = HERE / f"{name}.css"
    return st.components.v2.component(
        f"arusha_{name}",
        html=html or None,
        css=style.read_text(encoding="utf-8") if style.exists() else None,
        js=(HERE / f"{name}.js").read_text(encoding="utf-8"),
        isolate_styles=not styled_by_page,
    )
