"""What is about no offer and no person: every app may use it, and it knows none of them."""
