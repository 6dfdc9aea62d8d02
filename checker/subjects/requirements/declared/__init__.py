"""What a package declares and what its texts say, held against each other."""
