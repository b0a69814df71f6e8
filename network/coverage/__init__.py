"""The prevention chain as a table and a number: supply by age, need and place together."""
