"""One search over services, applications, agencies, areas and help, that understands everyday words."""
