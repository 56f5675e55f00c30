"""The sheets of plans: the export, the classic work plan table, the indicator tracking table."""
