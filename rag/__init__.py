"""Questions in, cited answers out. Knows nothing about question sets or pages."""
