"""The keys of a page of cards: digits choose a step, N goes to the next open card."""

from arusha.ui.components.sources import register

_mount = register("keys")


def keys() -> None:
    """Listen for keys as long as the page is shown."""
    _mount(key="keys", height=1)
