"""Files as grids of cells: every format, opened safely."""
