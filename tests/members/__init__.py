"""Tests of arusha.members."""
