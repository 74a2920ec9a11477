"""What people fill in: frames -> workbooks laid out as the readers expect them."""
