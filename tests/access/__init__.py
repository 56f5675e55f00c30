"""Tests of arusha.access."""
