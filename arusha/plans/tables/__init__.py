"""The work plan table and the tracking table as values: matched with a plan, and what taking them changes."""
