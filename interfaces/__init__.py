"""The doors: chat, scripts, command line, settings, wiring."""
