"""People who sign in: accounts, passwords, second steps, sessions, invitations, and how tries are paced."""
