"""People of the network from a list: what only they need of an import (``offers.exchange``)."""
