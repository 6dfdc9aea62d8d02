"""openverdict: says whether a license is open, why, and on which words."""
