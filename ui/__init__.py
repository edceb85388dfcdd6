"""People and programs in: command line, page, and how things look there. Loads no model library itself."""
