"""Other languages: a message said again in the English cues that the readers know, everything else left as typed."""
