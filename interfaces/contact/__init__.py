"""The contact sheet of a film: one HTML page, one PNG."""
