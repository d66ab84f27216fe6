"""A Slack on the loopback address, written from Slack's documents, and reached through Slack's own libraries."""
