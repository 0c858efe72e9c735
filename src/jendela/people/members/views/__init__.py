"""Screens of people at work, and of invitations."""
