"""Stock retrieval of other libraries beside ours, over the same articles and questions with the same encoder.

`make peers` runs it. A peer runs in an environment of its own; nothing else of the program imports what is here.
"""
