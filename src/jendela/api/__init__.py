"""Public API, read-only, versioned."""
