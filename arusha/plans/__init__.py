"""Action plans: from a gap to a measure, to a changed result, followed over the years."""
