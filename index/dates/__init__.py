"""Dates: as they are written, and as a text speaks of them. Knows nothing about files and archives."""
