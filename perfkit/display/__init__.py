"""What should the reader see: from frames to figures and HTML, no arithmetic."""
