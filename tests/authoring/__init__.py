"""Tests of writing a questionnaire in Excel."""
