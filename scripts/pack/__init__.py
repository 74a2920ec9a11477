"""The parts of the sample pack's builder."""
