"""The workbook kit: what is written is what is read."""
