"""How entries are kept right."""

from .basics import CITY, env

# How many months after it was confirmed an entry is asked about again, where neither its topics
# nor its type say otherwise (offers/models/offer/next_check.py).
CHECK_EVERY_MONTHS = env.int("CHECK_EVERY_MONTHS", default=6)
# Whether the clock writes to institutions whose entries are due; people may always ask by hand.
ASKS_INSTITUTIONS = bool(CITY.get("ask_institutions", False))
# Whether everybody may see how dense the chain is (network/coverage/public/).
PUBLISHES_THE_CHAIN = bool(CITY.get("publish_chain", False))
# Whether everybody may see how many entries are within reach and confirmed (docs/reach.md).
PUBLISHES_REACH = bool(CITY.get("publish_reach", False))
# How many weeks after the step before each step follows (network/asking/escalation.py).
ESCALATION = {"second_letter": 3, "call": 3, "note": 4, "hidden": 0} | CITY.get("escalation", {})
# How long what an institution said about free places is known.
FREE_PLACES_DAYS = env.int("FREE_PLACES_DAYS", default=21)
# So many days somebody is told at most when an offer has places again.
PLACE_ALERT_DAYS = env.int("PLACE_ALERT_DAYS", default=180)
# So many days the words of a report from families are kept; what is done goes with them.
FEEDBACK_WORDS_KEPT_DAYS = env.int("FEEDBACK_WORDS_KEPT_DAYS", default=180)
# How long the link of a letter to an institution is good.
HOUSE_LINK_DAYS = env.int("HOUSE_LINK_DAYS", default=60)
# Says who looks at other people's pages at night.
LINK_CHECK_USER_AGENT = f"Linkpruefung von {CITY['portal_name']} ({CITY['full_name']})"
# Only tests: an entry could otherwise make the portal ask its own neighbours.
LINK_CHECK_ALLOWS_PRIVATE_HOSTS = False

# What was searched in vain is counted by the week: words and filters, nothing about who searched.
# Counts go after so many weeks, and earlier where fewer than five searched for the same.
SEARCH_DEMAND_KEPT_WEEKS = env.int("SEARCH_DEMAND_KEPT_WEEKS", default=52)
SEARCH_DEMAND_RARE_KEPT_WEEKS = env.int("SEARCH_DEMAND_RARE_KEPT_WEEKS", default=8)
