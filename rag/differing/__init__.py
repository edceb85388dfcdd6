"""What two sentences of different articles say of the same thing, read so that it can be set side by side."""
