"""The trail to read and to prove: the chain, its seals and anchors, and each deed in words."""
