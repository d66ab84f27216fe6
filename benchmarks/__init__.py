"""Figures that are measured, one module each; run as ``python -m benchmarks.NAME``."""
