"""The content of letters and calendar files."""
