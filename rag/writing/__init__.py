"""What a local language model writes with: weights in the processor's order, prompts read once, guesses."""
