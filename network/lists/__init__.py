"""Lists of institutions and people as files that leave the portal."""
