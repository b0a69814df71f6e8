"""How dates and numbers are written where Django would not write them as families here do."""
