"""The floor: the least a logged-in Django page can be. Three queries, 25 rows of five columns, nothing of ours."""
