"""Pages about Jendela itself: is it real, how it works, its data, help, privacy, accessibility."""
