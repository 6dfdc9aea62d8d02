"""Clauses and a policy in, outcomes, verdicts and findings out; pure."""
