"""Open data for people: the list of open datasets, a page of each, and the daily dump of the register."""
