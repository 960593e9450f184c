"""Who hears of what: e-mail that says only that something waits (N19)."""
