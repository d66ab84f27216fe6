"""Video models, one file per vendor."""
