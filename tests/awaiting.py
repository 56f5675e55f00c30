"""Wait for a coroutine wherever a test runs: a browser driven before leaves a loop of its own behind."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

R = TypeVar("R")


def result_of(coroutine: Coroutine[Any, Any, R]) -> R:
    """Return what a coroutine returns, run to its end in a thread of its own."""
    with ThreadPoolExecutor(max_workers=1) as alone:
        return alone.submit(asyncio.run, coroutine).result()
