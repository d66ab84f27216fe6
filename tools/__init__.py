"""The hands: video models, checks, sandbox vendors, language model."""
