"""How staff get in: password, second factor, and what happens when it goes wrong."""
