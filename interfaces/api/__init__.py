"""The HTTP API: one router per thing, thin, over the same functions that the conversation acts through."""
