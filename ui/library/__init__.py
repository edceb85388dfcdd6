"""What comes into an archive and goes out of it through the page."""
