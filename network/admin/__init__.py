"""The office's pages of the network, one module a purpose."""

from . import (
    audit,
    bounce,
    collecting,
    contact,
    data_request,
    figures,
    group,
    houses,
    mail_request,
    partner,
    people_list,
    saved_list,
    start,
    subscription,
)
from .newsletters import delivery, newsletter
