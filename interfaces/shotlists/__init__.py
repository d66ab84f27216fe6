"""Shot lists: read from files, shown before anything is made, imported and exported."""
