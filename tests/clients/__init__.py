"""The vendors' own clients as judges: of the stand-ins, and of what our adapters send."""
