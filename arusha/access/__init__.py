"""Who may do what, and how a page is opened for a person."""
