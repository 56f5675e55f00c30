"""What a person does on a page, in their words."""

from typing import Any

from streamlit.testing.v1 import AppTest

from tests.visiting import went_wrong


def labelled(elements: Any, label: str) -> Any:
    """Return the one element of a kind that bears a label."""
    found = [element for element in elements if element.label == label]
    assert len(found) == 1, [element.label for element in elements]
    return found[0]


def press(at: AppTest, label: str) -> AppTest:
    """Press a button and return the page that comes of it."""
    labelled(at.button, label).click()
    return run(at)


def choose(at: AppTest, label: str, value: object) -> AppTest:
    """Choose an option of a list and return the page that comes of it."""
    labelled(at.selectbox, label).set_value(value)
    return run(at)


def run(at: AppTest) -> AppTest:
    """Run the page once more; nothing may go wrong."""
    at.run()
    assert went_wrong(at) == []
    return at
