"""Every electronic system that serves the region, run by it, by the province or by the centre."""
