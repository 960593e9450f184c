"""Fills the ground floor's ports."""


def registrer() -> None:
    """Nothing yet."""
