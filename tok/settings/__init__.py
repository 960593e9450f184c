"""Settings, one module per place the application runs in: dev, demo, test and prod, all over base."""
