"""Foreign style libraries: read as text, translated into blocks, and written back in their own form."""
