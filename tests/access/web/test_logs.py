"""A running server writes down how it does, and of nobody anything: marks in what is typed leave no trace."""

import io
import json
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arusha.access.web import logs
from arusha.i18n import translator
from tests.awaiting import result_of
from tests.browsing import ROOT

MARK = "canary-7f3a"


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/", "/"),
        ("/auth/sign-in", "/auth/sign-in"),
        ("/auth/second-step/confirm", "/auth/second-step/confirm"),
        ("/auth/oidc/back", "/auth/oidc/back"),
        (f"/auth/{MARK}", "/auth/{form}"),
        (f"/files/{MARK}", "/files/{id}"),
        (f"/files/rounds/{MARK}.xlsx", "/files/{id}"),
        (f"/static/{MARK}.js", "/static/{file}"),
        (f"/media/{MARK}.png", "/media/{file}"),
        (f"/_stcore/upload_file/{MARK}/{MARK}", "/_stcore/upload_file/{session}/{file}"),
        (f"/_stcore/{MARK}", "/_stcore/{other}"),
        ("/_stcore/stream", "/_stcore/stream"),
        ("/sign-off", "/{page}"),
        (f"/{MARK}/x", "/{other}"),
        (f"//{MARK}", "/{other}"),
        ("", "/{other}"),
    ],
)
def test_a_path_is_written_down_as_its_template(path: str, template: str) -> None:
    assert logs.template(path) == template


@given(st.text())
def test_no_path_at_all_is_written_down_itself(path: str) -> None:
    assert logs.template(path) in {*logs.KNOWN, "/{page}", "/{other}", *(one for _, one in logs.TEMPLATES)}


def test_only_the_fields_of_the_list_are_written_down() -> None:
    said = json.loads(logs.line(level="INFO", path="/", status=200))
    assert list(said) == ["time", "level", "path", "status"]
    with pytest.raises(ValueError, match="not to be written down: message, name"):
        logs.line(level="INFO", name=MARK, message=MARK)


def asked(scope: dict[str, Any], *sent: dict[str, Any]) -> list[dict[str, Any]]:
    """Send a request through the middleware to a program that answers so; return what it sends."""
    answered: list[dict[str, Any]] = []

    async def program(_scope: Any, _receive: Any, send: Any) -> None:
        for message in sent:
            await send(message)
        if not sent:
            raise RuntimeError(MARK)

    async def keep(message: Any) -> None:
        answered.append(message)

    async def nothing() -> Any:
        return {}

    result_of(logs.Requests(program)(scope, nothing, keep))
    return answered


def lines(said: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.splitlines()]


def test_a_request_is_one_line_with_an_id_that_the_answer_bears(capsys: pytest.CaptureFixture[str]) -> None:
    scope = {"type": "http", "method": "GET", "path": f"/files/{MARK}", "query_string": MARK.encode()}
    start = {"type": "http.response.start", "status": 404, "headers": [(b"x", b"y")]}
    answered = asked(scope, start, {"type": "http.response.body", "body": b""})
    (line,) = lines(capsys.readouterr().out)
    assert list(line) == ["time", "level", "request", "method", "path", "status", "milliseconds"]
    assert (line["level"], line["method"], line["path"], line["status"]) == (
        "INFO",
        "GET",
        "/files/{id}",
        404,
    )
    assert line["time"].endswith("+00:00")
    assert line["milliseconds"] >= 0
    assert dict(answered[0]["headers"]) == {b"x": b"y", b"x-request-id": line["request"].encode()}


def test_two_requests_have_two_ids(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        asked({"type": "http", "method": "GET", "path": "/"}, {"type": "http.response.start", "status": 200})
    first, second = lines(capsys.readouterr().out)
    assert first["request"] != second["request"]


@pytest.mark.parametrize(
    ("message", "status"),
    [
        ({"type": "websocket.accept"}, 101),
        ({"type": "websocket.close", "code": 1008}, 403),
        ({"type": "websocket.http.response.start", "status": 404}, 404),
    ],
)
def test_a_web_socket_is_written_down_when_it_is_opened_or_refused(
    message: dict[str, Any], status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    asked({"type": "websocket", "path": "/_stcore/stream"}, message, {"type": "websocket.close"})
    (line,) = lines(capsys.readouterr().out)
    assert (line["method"], line["path"], line["status"]) == ("WEBSOCKET", "/_stcore/stream", status)


def test_a_method_that_nobody_knows_is_not_written_down(capsys: pytest.CaptureFixture[str]) -> None:
    asked({"type": "http", "method": MARK, "path": "/"}, {"type": "http.response.start", "status": 405})
    assert lines(capsys.readouterr().out)[0]["method"] == "OTHER"


def test_a_request_that_ends_with_an_error_is_a_500(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RuntimeError):
        asked({"type": "http", "method": "GET", "path": "/"})
    (line,) = lines(capsys.readouterr().out)
    assert (line["level"], line["status"]) == ("ERROR", 500)


def test_a_server_goes_on_when_nobody_reads_what_it_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stdout", closed)
    start = {"type": "http.response.start", "status": 200}
    assert len(asked({"type": "http", "method": "GET", "path": "/"}, start)) == 1


def test_starting_and_stopping_is_no_request(capsys: pytest.CaptureFixture[str]) -> None:
    asked({"type": "lifespan"}, {"type": "lifespan.startup.complete"})
    assert capsys.readouterr().out == ""


EVERY_WAY = f"""
import asyncio, gc, logging, sys, threading, time, warnings
import streamlit
from streamlit import config, error_util
from streamlit.logger import get_logger, update_formatter

early = get_logger("streamlit.early")
plain = logging.getLogger("plain")
plain.addHandler(logging.StreamHandler())
{{configure}}
update_formatter()
late = get_logger("streamlit.late")
late.addHandler(logging.StreamHandler(sys.stdout))
for logger in (early, plain, late, logging.getLogger(), logging.getLogger("uvicorn.error")):
    logger.error("{MARK} %s", "{MARK}")
    logger.warning("{MARK}", extra={{{{"more": "{MARK}", "color_message": "{MARK}"}}}})

def fail():
    told = "{MARK}"
    raise ValueError("{MARK}" + told)

try:
    fail()
except ValueError as error:
    plain.exception("{MARK}")
    error_util._log_uncaught_app_exception(error)
plain.error("{MARK}", stack_info=True)
warnings.warn("{MARK}")
thread = threading.Thread(target=fail)
thread.start()
thread.join()

async def forgotten():
    asyncio.get_running_loop().create_task(failing())
    await asyncio.sleep(0.05)

async def failing():
    fail()

asyncio.run(forgotten())
gc.collect()

class Ends:
    def __del__(self):
        fail()

Ends()
fail()
"""


def written(configure: str, folder: Path) -> tuple[str, str]:
    """Run a program that fails in every way there is; return what it wrote to stdout and stderr."""
    script = folder / "every_way.py"
    script.write_text(textwrap.dedent(EVERY_WAY.format(configure=configure)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)], cwd=ROOT, capture_output=True, text=True, check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return done.stdout, done.stderr


def test_whoever_logs_and_whatever_fails_no_text_is_written(tmp_path: Path) -> None:
    said, also = written("from arusha.access.web import logs; logs.configure(config.set_option)", tmp_path)
    assert MARK not in said
    assert also == ""
    found = lines(said)
    assert all(set(line) <= set(logs.FIELDS) for line in found)
    assert str(tmp_path) not in said
    loggers = [line["logger"] for line in found if "logger" in line]
    assert {
        "streamlit.early",
        "streamlit.late",
        "plain",
        "root",
        "uvicorn.error",
        "py.warnings",
        "asyncio",
    } <= {*loggers}
    assert loggers.count("streamlit.early") == loggers.count("streamlit.late") == 2
    failed = [line for line in found if line.get("type") == "ValueError"]
    assert (
        len(failed) == 6
    )  # logged, shown on a page, in a thread, in a task, in the end of an object, uncaught
    assert {line["place"].partition(":")[0] for line in failed} == {"every_way.py"}


def test_without_it_every_one_of_them_would_be_written(tmp_path: Path) -> None:
    """The test above can fail."""
    said, also = written("pass", tmp_path)
    assert (said + also).count(MARK) > 20


def test_the_place_of_an_error_is_the_last_line_of_the_program() -> None:
    try:
        translator("en")("{missing}")
    except KeyError as error:
        told = logs.traced((KeyError, error, error.__traceback__))
    assert told["type"] == "KeyError"
    assert told["place"].startswith("arusha/i18n/translator.py:")
    try:
        httpx.URL("http://a:b")
    except httpx.InvalidURL as error:
        told = logs.traced((httpx.InvalidURL, error, error.__traceback__))
    assert told["type"] == "httpx.InvalidURL"
    assert told["place"].startswith("httpx/_url")
