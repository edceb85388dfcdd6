"""Question sets asked on the page, between the questions of its readers."""
