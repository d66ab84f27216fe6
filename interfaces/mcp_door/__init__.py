"""The door for MCP clients: tools and resources over the same desk as every other door."""
