"""The program as people use it: real server, real Chromium, real files."""
