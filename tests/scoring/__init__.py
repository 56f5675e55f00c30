"""What scoring promises."""
