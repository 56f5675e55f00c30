"""Rounds, answers, profiles and their workbook."""
