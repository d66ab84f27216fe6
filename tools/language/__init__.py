"""Language models: planner and vision judge over any OpenAI-compatible server."""
