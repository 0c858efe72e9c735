"""What residents can get: services, their legal standard in 14 components, ways, life events, and what is missing."""
