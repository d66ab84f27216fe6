"""The store's contract, over SQLite and Postgres."""
