"""Keeping the entries right: versions, proposals, and the steps to publication."""
