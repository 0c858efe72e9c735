"""What residents can get: services, their legal standard, ways, life events, and what is missing."""
