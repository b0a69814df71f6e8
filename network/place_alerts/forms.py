"""Where the mail about free places goes to."""

from django.utils.translation import gettext_lazy as _

from network.newsletters.subscribing.forms import AddressForm, helper


class WishForm(AddressForm):
    """An address, asked for on the page of an offer."""

    helper = helper(_("Bescheid geben lassen"), "address", AddressForm.trap, "began")
