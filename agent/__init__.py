"""The thinking: domain values, ports, policies, graphs."""
