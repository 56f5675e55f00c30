"""Administrations and the WCO regions they belong to."""
