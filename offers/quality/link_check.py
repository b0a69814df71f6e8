"""Every night: do the addresses that published offers name still lead to a page?"""

import re
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from offers.models import LinkCheck, Offer

from .link_visit import visit
