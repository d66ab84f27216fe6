"""Stand-ins that speak the vendors' wires and render real clips. A model of the vendors, never a measurement."""
