"""The sheets of a questionnaire's workbook, one module a kind."""
