"""Files in, files out: one row is one form, with the validation of the admin."""
