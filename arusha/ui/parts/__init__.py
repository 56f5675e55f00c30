"""Small drawn parts of pages: text made safe, progress, steps, notices."""
