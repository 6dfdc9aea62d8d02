"""policies/ and seeds/ as domain values; the index of known texts; the only place that reads YAML."""
