"""What is typed beside a form: reasons and answers, one line of text each."""


def typed(request, name, longest):
    """Return the text of a posted field as it can be kept: trimmed, cut, no NUL."""
    return request.POST.get(name, "").replace("\x00", "").strip()[:longest]
