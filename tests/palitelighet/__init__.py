"""Tests that break things on purpose: real servers, real workers, kill -9."""
