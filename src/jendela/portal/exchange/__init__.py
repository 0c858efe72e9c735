"""Screens of tables in and out: /kelola/impor/ and /kelola/ekspor/."""
