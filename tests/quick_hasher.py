from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    """The portal's way to keep a password, without the third of a second that it takes."""

    iterations = 1
