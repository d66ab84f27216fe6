"""Style libraries at the door: files of strangers, read within limits."""
