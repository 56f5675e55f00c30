"""The workbook kit: safe writing of cells, sheets and charts, the same for every capability."""
