"""The office's pages about letters to institutions, and what they came to."""

from . import calls, institution, letters
