// Drafts that keep themselves: see the editor.
