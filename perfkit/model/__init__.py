"""The words and contracts that every room shares; imports nothing else of perfkit."""
