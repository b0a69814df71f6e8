"""All published offers in memory, as far as filters, counts and orders need them."""
