"""What is asked: the format, its faults, our own editions and their description."""
