"""What the device keeps of a form goes when the form is saved: the next page says so.

`static/js/kept-typing.js` keeps what is typed, under a token of its own that the form sends along.
A redirect is the answer to a form that was saved; a page is not: it shows what is still wrong.
"""

import re

TOKEN = re.compile(r"[0-9-]{1,60}")
SESSION_KEY = "saved_typing"
MOST_TOKENS = 5


class KeptTyping:
    """Middleware: note which form was saved, for the next page of the same session.

    It stands behind the sign-in, whose own redirects save nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and 300 <= response.status_code < 400:  # noqa: PLR2004
            note_saved(request)
        return response


def note_saved(request):
    """Note the token of a form, if a signed-in person's form was saved."""
    token = request.POST.get("_typing", "")
    if not TOKEN.fullmatch(token) or not request.user.is_authenticated:
        return
    earlier = request.session.get(SESSION_KEY, [])
    request.session[SESSION_KEY] = [*earlier, token][-MOST_TOKENS:]


def take_saved(request):
    """Return the tokens of the forms saved since the last page, and forget them."""
    if SESSION_KEY not in request.session:
        return []
    return request.session.pop(SESSION_KEY)
