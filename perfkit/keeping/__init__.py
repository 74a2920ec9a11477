"""How the store keeps what came: vintages, their receipts, and the files below them."""
