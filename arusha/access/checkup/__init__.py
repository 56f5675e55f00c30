"""Whether an installation is well: what the doctor, the page and the proxy's question look at."""
