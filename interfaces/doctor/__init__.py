"""What must always hold of a folder of films, seen in its rows and files: for `countersteer doctor` and for tests."""
