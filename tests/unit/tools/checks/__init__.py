"""Checks, each against faults of known size."""
