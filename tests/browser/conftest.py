"""A browser for the tests; without Chromium they are skipped on a person's computer and fail in CI."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browsing import CHROMIUM, Server, chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a running Chromium."""
    if not CHROMIUM:
        if os.environ.get("CI"):
            pytest.fail("chromium is not installed, and CI needs it")
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        running = chromium(playwright)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a fresh window as on a small laptop; a request that leaves the machine fails the test."""
    with _window(browser, "en-GB") as page:
        yield page


@pytest.fixture
def french_page(browser: Browser) -> Iterator[Page]:
    """Return such a window of somebody whose browser is set to French."""
    with _window(browser, "fr-FR") as page:
        yield page


@contextmanager
def _window(browser: Browser, locale: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale=locale)
    strays: list[str] = []
    context.on("request", lambda request: strays.append(request.url) if _leaves(request.url) else None)
    yield context.new_page()
    context.close()
    assert strays == []


def _leaves(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:"))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Return the program running on a computer that holds nothing yet."""
    with Server(home=tmp_path / "home") as running:
        yield running
