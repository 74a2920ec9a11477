"""How good, and where heading: frames in, new frames out, no input or output."""
