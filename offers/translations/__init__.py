"""The free texts of offers in other languages: found by a search, worked on, exchanged."""
