"""How entries are kept right."""

from .basics import CITY, env

# Where neither topics nor type say otherwise (offers/models/offer/next_check.py).
CHECK_EVERY_MONTHS = env.int("CHECK_EVERY_MONTHS", default=6)
# Whether the clock writes to institutions whose entries are due; people may always ask by hand.
ASKS_INSTITUTIONS = bool(CITY.get("ask_institutions", False))
# Whether everybody may see how dense the chain is (network/coverage/public/).
PUBLISHES_THE_CHAIN = bool(CITY.get("publish_chain", False))
# Whether everybody may see how many entries are within reach and confirmed (docs/reach.md).
PUBLISHES_REACH = bool(CITY.get("publish_reach", False))
# How many weeks after the step before each step follows (network/asking/escalation.py).
ESCALATION = {"second_letter": 3, "call": 3, "note": 4, "hidden": 0} | CITY.get("escalation", {})
FREE_PLACES_DAYS = env.int("FREE_PLACES_DAYS", default=21)
PLACE_ALERT_DAYS = env.int("PLACE_ALERT_DAYS", default=180)
FEEDBACK_WORDS_KEPT_DAYS = env.int("FEEDBACK_WORDS_KEPT_DAYS", default=180)
HOUSE_LINK_DAYS = env.int("HOUSE_LINK_DAYS", default=60)
# Says who looks at other people's pages at night.
LINK_CHECK_USER_AGENT = f"Linkpruefung von {CITY['portal_name']} ({CITY['full_name']})"
# Only tests: an entry could otherwise make the portal ask its own neighbours.
LINK_CHECK_ALLOWS_PRIVATE_HOSTS = False

# What was searched in vain is counted by the week: words and filters, nothing about who searched.
SEARCH_DEMAND_KEPT_WEEKS = env.int("SEARCH_DEMAND_KEPT_WEEKS", default=52)
SEARCH_DEMAND_RARE_KEPT_WEEKS = env.int("SEARCH_DEMAND_RARE_KEPT_WEEKS", default=8)
