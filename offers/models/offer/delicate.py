"""What nobody is shown first without having asked for it."""

import re

# In titles and terms: what means distress, abortion, addiction or separation.
DELICATE = re.compile(
    "konflikt|abbruch|abbrechen|sucht|drogen|trennung|scheidung"
    "|gewalt|missbrauch|frauenhaus|suizid|krise",
    re.IGNORECASE,
)
