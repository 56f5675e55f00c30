"""Measurements that print a ratio to a floor taken in the same run; not timed tests."""
