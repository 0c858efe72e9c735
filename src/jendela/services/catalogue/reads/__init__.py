"""Every query of the catalogue, one module for each group of screens."""
