"""Pages of places and those who serve there: villages with their poster, agencies."""
