"""The sheets of a profile's workbook: summary, charts, answers, computation."""
