"""Translate HTTP for the group's pages."""
