"""Settings: base, and one module for each environment (local, test, production)."""
