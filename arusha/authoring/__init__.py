"""Writing a questionnaire in Excel: a workbook that is read back exactly."""
