"""Every application and its data."""
