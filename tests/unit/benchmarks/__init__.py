"""Each benchmark at its smallest, so that none rots."""
