"""Memory for all calls inside a request, taken once.

CPython keeps calls in pieces of 16 kB and gives a piece back as soon as it is left: a loop that
calls across the end of one asks the system for memory each time, and a list of cards took twice as
long. A call that says it needs much gets a piece that has room for the others too.
"""

WORDS_OF_A_CALL = 20_000  # 160 kB: the next larger piece has 256


def with_room_for_calls(function):
    """Return a function of positional arguments as one whose calls all find room."""

    def call(*arguments):
        return function(*arguments)

    call.__code__ = call.__code__.replace(co_stacksize=WORDS_OF_A_CALL)
    return call
