"""Decisions as plain functions of plain values."""
