"""Scripts: read, held against what came, reported."""
