"""What the page of a provider says: lines a reader sees, and the facts in them. Knows no entry."""
