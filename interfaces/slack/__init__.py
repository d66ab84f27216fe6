"""The Slack door: the same conversation and the same film, in threads."""
