"""Web pages: bytes in, the article on the page and what the page says of it out, for all formats with HTML in them."""
