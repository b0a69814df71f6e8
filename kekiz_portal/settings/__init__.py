"""What the environment decides, one file for each purpose.

Every variable is described in `.env.example`, not again here. What has no default must be set
in production; every default is the safe production value.
"""

from .basics import *
from .entries import *
from .frame import *
from .log import *
from .mails import *
from .pages import *
from .safety import *
from .servers import *
from .signing_in import *
