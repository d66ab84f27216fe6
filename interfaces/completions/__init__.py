"""The door for other people's chat clients: the wire of OpenAI's chat completions over the same desk."""
