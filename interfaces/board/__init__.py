"""The shot board: what a film looks like at this moment, in plain values that the page and the HTTP API both show."""
