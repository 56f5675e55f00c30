"""Tests of the pages about people and the trail."""
