"""Programs are told when the public register changes (webhooks): who is told, what waits, what was delivered."""
