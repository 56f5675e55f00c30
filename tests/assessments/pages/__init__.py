"""Pages of assessments, opened and used without a browser."""
