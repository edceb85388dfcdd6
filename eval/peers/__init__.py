"""Stock retrieval and answers of other libraries beside ours: same articles, questions, encoder and language model.

`make peers` runs it. A peer runs in an environment of its own; nothing else of the program imports what is here.
"""
