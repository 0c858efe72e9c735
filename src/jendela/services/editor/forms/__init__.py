"""Forms of the editor: one kind for each kind of part, and those of the life cycle."""
