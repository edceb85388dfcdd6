"""One module per file format, each a function from bytes to the fields of articles (`index.read.types.Format`)."""
