"""Public pages that mix domains: home, results, service, village, agency, application."""
