"""Tables in and out: reading any file strictly, a dry run as a difference, one transaction, undo, export."""
