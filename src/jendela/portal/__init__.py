"""Pages that mix domains. Its folders do not import each other."""
