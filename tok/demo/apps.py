"""The demo as a Django app: installed in demo and tests, never in production."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Owns no tables."""

    name = "tok.demo"
    label = "demo"
    verbose_name = "Demo"
