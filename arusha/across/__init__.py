"""Pages that bring capabilities together: Home and the profile, each with what plans add to them."""
