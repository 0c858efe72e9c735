"""Screens of recommendations: lists and one, giving and closing (Kominfo), answering (heads), letters."""
