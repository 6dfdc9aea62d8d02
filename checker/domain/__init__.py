"""Frozen values that every layer passes on: no I/O, no libraries."""
