"""What the user named, turned into subjects: license files, requirement lists, model releases."""
