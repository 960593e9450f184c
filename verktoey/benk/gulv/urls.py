"""The floor's one address."""

from django.urls import path

from verktoey.benk.gulv.views import liste

urlpatterns = [path("", liste)]
