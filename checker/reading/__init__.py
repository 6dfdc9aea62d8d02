"""A text in, known licenses and clauses out; pure."""
