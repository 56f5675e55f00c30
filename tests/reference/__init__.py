"""Tests of the questionnaire's reference."""
