"""Understanding a message by rules."""
