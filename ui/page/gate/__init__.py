"""What stands before the page: who may reach it, by which ways, how often."""
