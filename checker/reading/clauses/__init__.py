"""Clauses from the words of a text: declarative readings over sentences (policies/clauses/*.yaml)."""
