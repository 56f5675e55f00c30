"""The ASGI entry: `streamlit run app.py` serves the toolkit, on this computer or to people who sign in."""

import streamlit as st
from streamlit import config

from arusha import serving, starting

starting.refuse_or_go_on(st.get_option("server.address"))
serving.prepare(config.set_option)
app = st.App("arusha/shell.py", routes=serving.routes(), middleware=serving.middleware())
