"""The queue beside its peers, and what depth, old snapshots, tenants and other drains cost it."""
