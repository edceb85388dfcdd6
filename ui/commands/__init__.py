"""What each command does, by idea: ask, index, serve, evaluate, look after the machine. Knows nothing about options."""
