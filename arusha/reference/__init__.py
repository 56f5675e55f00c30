"""The whole questionnaire to read: searched and filtered on a page, as a document, as a workbook."""
