"""AI model releases: by name, from a folder or the Hub's cache, from the Hub, from lists and SBOMs."""
