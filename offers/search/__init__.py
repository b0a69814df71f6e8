"""Search for offers: what people type, what they mean by it, and what answers it.

``docs/search.md`` explains the way from a query to a list of offers.
"""
