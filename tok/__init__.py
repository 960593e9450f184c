"""Roof and foundation: the Django project package (arkitektur.md §2)."""
