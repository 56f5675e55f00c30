"""A real server with people in it, a page that says who looks at it, and a tab without a browser."""

import re
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from arusha.access.people import accounts, sessions
from arusha.access.rules import LOCAL
from arusha.store import Store
from arusha.store.address import engine_for
from tests.browsing import ROOT, Server

PASSWORD = "seven grey herons over Lamu"
ALICE, MALLORY = "Alice Diop", "Mallory Quist"

PAGE = """
import secrets
import streamlit as st
from arusha.access import gate
from arusha.access.rules import Permission

st.text("kept=" + st.session_state.setdefault("kept", secrets.token_hex(8)))
here = gate.open(Permission.PREFERENCE_SET)
st.text("person=" + here.actor.name)
st.download_button("take", b"confidential bytes", "canary.bin")
st.file_uploader("give")
"""
GUARDED = """
import streamlit as st
from streamlit import config
from arusha import serving, starting

starting.refuse_or_go_on(st.get_option("server.address"))
serving.prepare(config.set_option)
app = st.App("page.py", routes=serving.routes(), middleware=serving.middleware())
"""
BARE = GUARDED.replace("middleware=serving.middleware()", "middleware=[]")
"""The same without the surface: what is refused above has to succeed here, or the test proves nothing."""

TRUSTED = re.compile(r"\[server\.trustedUserHeaders\]\n.*\n")


def program(folder: Path, app: str = GUARDED, *, trusted: bool = True) -> Path:
    """Write a small program into a folder: the page above behind this ``app.py``."""
    config = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    (folder / ".streamlit").mkdir(parents=True)
    kept = config if trusted else TRUSTED.sub("", config)
    assert ("trustedUserHeaders" in kept) is trusted
    (folder / ".streamlit" / "config.toml").write_text(kept, encoding="utf-8")
    (folder / "app.py").write_text(app, encoding="utf-8")
    (folder / "page.py").write_text(PAGE, encoding="utf-8")
    return folder


def furnished(home: Path) -> Path:
    """Prepare a home: its database with two people of two administrations."""
    store = store_in(home)
    accounts.add(LOCAL, store, ALICE, "coordinator", administration="XA", password=PASSWORD)
    accounts.add(LOCAL, store, MALLORY, "coordinator", administration="XB", password=PASSWORD)
    store.close()
    return home


def store_in(home: Path) -> Store:
    """Open the database of a home with the keys of that home."""
    home.mkdir(parents=True, exist_ok=True)
    store = Store(engine_for(f"sqlite:///{home / 'arusha.sqlite'}"), home / "keys")
    store.bring_up_to_date()
    return store


def server(folder: Path, home: Path, **environment: str) -> Server:
    """Return a server of this program in server mode, not yet started."""
    return Server(folder, home, ARUSHA_MODE="server", PYTHONPATH=str(ROOT), **environment)


def add(running: Server, name: str) -> str:
    """Make an account on a running server; return its name."""
    store = store_in(running.home)
    accounts.add(LOCAL, store, name, "coordinator", administration="XA", password=PASSWORD)
    store.close()
    return name


def session_of(running: Server, visitor: "Visitor") -> str:
    """Return the id of the session a visitor is signed in with."""
    store = store_in(running.home)
    found = sessions.session_of(store, visitor.cookie.partition("=")[2])
    store.close()
    assert found
    return found


def opened(running: Server, name: str) -> str:
    """Open a session in the database itself, as where no form can be sent; return its id."""
    store = store_in(running.home)
    made = sessions.sign_in(store, name, PASSWORD, "", "127.0.0.1")
    store.close()
    return made.session


def signed_in(running: Server, name: str, origin: str = "") -> "Visitor":
    """Return a visitor who has signed in with the form."""
    visitor = Visitor(running, origin)
    answer = visitor.sign_in(name)
    assert answer.status_code == 303, answer.text
    return visitor


def refused_with(**how: Any) -> int:
    """Open a tab that is expected to be refused; return the status of the refusal."""
    with pytest.raises(InvalidStatus) as refused:
        Tab(**how)
    return refused.value.response.status_code


class Visitor:
    """A browser as far as HTTP goes: it keeps cookies and sends the Origin of the page it is on."""

    def __init__(self, running: Server, origin: str = "") -> None:
        self.running = running
        self.origin = origin or running.url
        self.http = httpx.Client(
            base_url=running.url, headers={"host": urlsplit(self.origin).netloc}, timeout=30
        )

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Open an address."""
        return self.http.get(path, headers=self._sent(headers))

    def post(self, path: str, fields: Mapping[str, str] | None = None, **headers: str) -> httpx.Response:
        """Send a form from a page of the server itself, unless ``headers`` say otherwise."""
        return self.http.post(path, data=fields or {}, headers=self._sent({"origin": self.origin} | headers))

    def sign_in(self, name: str, password: str = PASSWORD, **more: str) -> httpx.Response:
        """Send the sign-in form; the cookie is kept."""
        answer = self.post("/auth/sign-in", {"name": name, "password": password} | more)
        if "set-cookie" in answer.headers:
            self.http.headers["cookie"] = answer.headers["set-cookie"].partition(";")[0]
        return answer

    @property
    def cookie(self) -> str:
        """Return what it sends as its cookie, '' for none."""
        return str(self.http.headers.get("cookie", ""))

    def tab(self, **how: Any) -> "Tab":
        """Open a page as this person."""
        return Tab(self.running, **({"origin": self.origin, "cookie": self.cookie} | how))

    @staticmethod
    def _sent(headers: Mapping[str, str]) -> dict[str, str]:
        return {name.replace("_", "-"): value for name, value in headers.items()}


class Tab:
    """A page over Streamlit's own WebSocket; ``resume`` asks for an existing session of Streamlit."""

    def __init__(
        self, running: Server, *, origin: str | None = None, cookie: str = "", resume: str = "",
        host: str = "", headers: Mapping[str, str] | None = None, query: str = "",
    ) -> None:  # fmt: skip
        netloc = host or urlsplit(origin or running.url).netloc
        sent = {**({"Cookie": cookie} if cookie else {}), **(headers or {})}
        protocols = [Subprotocol(one) for one in ("streamlit", "none", resume) if one]
        self._query = query
        self._socket = connect(
            f"ws://{netloc}/_stcore/stream",
            sock=socket.create_connection(("127.0.0.1", running.port)),
            origin=origin,  # type: ignore[arg-type]
            subprotocols=protocols,
            additional_headers=sent,
            max_size=None,
            proxy=None,
            legacy=True,
        )
        self.id = ""
        self.shown = ""
        self.click()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def click(self) -> str:
        """Run the page again as a click does; return all that it shows."""
        wanted = BackMsg()
        wanted.rerun_script.query_string = self._query
        self._socket.send(wanted.SerializeToString())
        shown = []
        while True:
            said = ForwardMsg()
            said.ParseFromString(self._socket.recv(timeout=30))
            kind = said.WhichOneof("type")
            if kind == "new_session":
                self.id = said.new_session.initialize.session_id or self.id
            elif kind == "delta":
                shown.append(str(said.delta))
            elif kind == "script_finished":
                self.shown = "\n".join(shown)
                return self.shown

    def said(self, name: str) -> str:
        """Return what the page shows after ``name=``, '' when it does not show it."""
        found = re.search(rf'"{name}=([^"]*)"', self.shown)
        return found[1] if found else ""

    @property
    def media(self) -> str:
        """Return the address of the file that the page offers by Streamlit's own means."""
        found = re.search(r"/media/[0-9a-f]+\.\w+", self.shown)
        return found[0] if found else ""
