"""The program does not start where it may not or cannot, and says why."""

import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from arusha import starting

ROOT = Path(__file__).parents[2]


def started(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start the program as a person does; it is expected to end by itself."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", port, *arguments]
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("ARUSHA_", "STREAMLIT_"))
    }
    return subprocess.run(
        command, cwd=ROOT, env=clean | {"ARUSHA_HOME": str(home)} | environment, capture_output=True,
        text=True, check=False, timeout=60,
    )  # fmt: skip


def newer(home: Path) -> Path:
    home.mkdir()
    with closing(sqlite3.connect(home / "arusha.sqlite")) as database:
        database.execute("CREATE TABLE arusha_version (version_num)")
        database.execute("INSERT INTO arusha_version VALUES ('9999')")
        database.commit()
    return home


def test_it_does_not_start_on_every_address(tmp_path: Path) -> None:
    done = started(tmp_path / "home", "--server.address", "0.0.0.0")  # noqa: S104 - it is refused
    assert done.returncode == 1, done.stderr
    assert (
        "served on this computer only, not on 0.0.0.0. Start it with --server.address 127.0.0.1"
        in done.stderr
    )
    assert not (tmp_path / "home").exists()


def test_it_does_not_start_with_a_newer_database(tmp_path: Path) -> None:
    home = newer(tmp_path / "home")
    before = (home / "arusha.sqlite").read_bytes()
    done = started(home)
    assert done.returncode == 1, done.stderr
    assert "is of version 9999, newer than this program" in done.stderr
    assert "Traceback" not in done.stderr
    assert (home / "arusha.sqlite").read_bytes() == before


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"ARUSHA_HOEM": "x"}, "ARUSHA_HOEM: This setting is not known."),
        ({"ARUSHA_HOME": "~nosuchuser/x"}, "which folder ~nosuchuser/x is"),
        ({"ARUSHA_HOME": "/proc/arusha"}, "The folder cannot be made"),
        ({"ARUSHA_DATABASE_URL": "nonsense"}, "The database URL cannot be used"),
    ],
)
def test_what_is_set_wrongly_ends_it_with_the_reason(
    environment: dict[str, str], said: str, home: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        starting.refuse_or_go_on("127.0.0.1")
    assert ended.value.code == 1
    assert said in capsys.readouterr().err


def test_it_goes_on_when_all_is_well(home: Path) -> None:
    starting.refuse_or_go_on("127.0.0.1")
    assert (home / "arusha.sqlite").is_file()
