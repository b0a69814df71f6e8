"""How what the portal knows is found and linked elsewhere: the same facts as for people."""
