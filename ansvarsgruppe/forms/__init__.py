"""What people type about a group, validated; writes nothing."""
