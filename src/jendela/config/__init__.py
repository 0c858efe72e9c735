"""Settings, addresses, wiring and the launcher. Knows every domain; no domain knows it."""
