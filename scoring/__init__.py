"""What answers are worth: one assessment as a profile, many at once as arrays; no clock, store or page."""
