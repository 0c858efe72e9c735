"""Who and where: accounts, access, agencies, areas."""
