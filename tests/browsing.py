"""A real server and a real browser for the tests: Debian's Chromium, everything on loopback."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium(playwright: Playwright) -> Browser:
    """Start a headless Chromium."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))


class Server:
    """The program as a person starts it: ``streamlit run app.py`` in a folder, with a home of its own."""

    def __init__(self, folder: Path = ROOT, home: Path | None = None, **environment: str) -> None:
        self.folder = folder
        self.home = home or folder / "home"
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = _clean_environment() | {"ARUSHA_HOME": str(self.home)} | environment
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, *arguments: str) -> None:
        """Start it and wait until it answers."""
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            "--server.port",
            str(self.port),
            *arguments,
        ]
        self.home.mkdir(parents=True, exist_ok=True)
        log = (self.home.parent / f"{self.home.name}.log").open("ab")
        self.process = subprocess.Popen(
            command, cwd=self.folder, env=self.environment, stdout=log, stderr=log
        )
        deadline = time.monotonic() + 60
        while not _answers(f"{self.url}/_stcore/health"):
            if self.process.poll() is not None or time.monotonic() > deadline:
                said = (self.home.parent / f"{self.home.name}.log").read_text(errors="replace")
                raise RuntimeError(f"the server did not start:\n{said[-3000:]}")
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it, gently or by ``SIGKILL``."""
        if self.process is not None:
            self.process.send_signal(how)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(20)
            self.process = None

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run ``python -m arusha …`` on the same home."""
        return subprocess.run(
            [sys.executable, "-m", "arusha", *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def rounds(self, *arguments: str) -> list[dict[str, Any]]:
        """Return the rounds the command line lists."""
        listed: list[dict[str, Any]] = json.loads(self.command("round", "list", "--json", *arguments).stdout)
        return listed


def _clean_environment() -> dict[str, str]:
    return {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("ARUSHA_", "STREAMLIT_", "COVERAGE", "PYTEST"))
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1) as response:
            return bool(response.status == 200)
    except OSError:
        return False
