"""Many believable cases: the life of each made as unsaved rows from seed, number and day, and loaded by COPY."""
