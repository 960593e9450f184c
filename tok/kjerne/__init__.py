"""The foundation: machinery that knows no case."""
