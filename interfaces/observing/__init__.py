"""What is known of a house at work: where it stands now, how often and how long things went, and traces."""
