"""The ASGI entry: `streamlit run app.py` serves the toolkit on this computer."""

import streamlit as st
from starlette.middleware import Middleware

from arusha import starting
from arusha.access.local import OnThisComputerOnly
from arusha.ui.preload import PreloadChart

starting.refuse_or_go_on(st.get_option("server.address"))
app = st.App("arusha/shell.py", middleware=[Middleware(OnThisComputerOnly), Middleware(PreloadChart)])
