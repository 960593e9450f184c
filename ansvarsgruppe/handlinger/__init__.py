"""All writing of this floor."""
