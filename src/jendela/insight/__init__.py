"""What the data tells: advice to agencies, later measured use."""
