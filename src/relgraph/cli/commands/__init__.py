"""One module per command: it parses, calls one function of the api, hands rows to output."""
