"""A model server at an address of the user's: llama.cpp, vLLM, Ollama and whatever else speaks OpenAI's protocol."""
