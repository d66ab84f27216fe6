"""The page: the conversation on the left, the shot board on the right, one stream of fragments between."""
