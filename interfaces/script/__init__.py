"""Conversations as files: the form of a script, and running one."""
