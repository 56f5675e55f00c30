"""Tests of the kit that pages are made of."""
