"""Tests of pages that bring capabilities together."""
