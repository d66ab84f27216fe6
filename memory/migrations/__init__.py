"""The steps from one version of the tables to the next; never edited after a release."""
