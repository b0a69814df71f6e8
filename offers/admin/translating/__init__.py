"""The desk of those who translate: what lacks, one offer side by side, files out and in."""
