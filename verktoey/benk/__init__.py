"""`make bench`: what our pages, files and jobs cost beside their floors, measured in one run (ytelse.md)."""
