"""Requirement lists: which artifacts they bring in, what these carry, what that allows."""
