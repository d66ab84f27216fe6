"""What the sandbox judge can see in a picture, from its pixels and the house's drawing conventions alone."""
