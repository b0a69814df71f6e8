"""What `make bench` measures: pages, the search, an import and newsletters, in one table."""
