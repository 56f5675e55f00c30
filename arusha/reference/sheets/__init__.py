"""The sheets of the questionnaire's workbook: how to read it, practices, who and why, measures, coverage."""
