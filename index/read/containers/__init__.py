"""One module per kind of file of files, each a function from bytes to members (`index.read.types.Container`)."""
