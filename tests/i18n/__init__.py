"""The interface in the reader's language: what is extracted, and that nothing is left out."""
