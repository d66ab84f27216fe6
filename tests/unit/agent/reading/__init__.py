"""The rule-based planner, reader by reader."""
