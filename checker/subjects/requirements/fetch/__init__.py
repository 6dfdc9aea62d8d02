"""From a wanted package to what its artifact carries: index pages, byte ranges, archives, the cache."""
