"""Language models over any OpenAI-compatible server: the planner and the vision judge."""
