"""A whole project in one go: what its files hold, what its manifests declare, and where the two differ."""
