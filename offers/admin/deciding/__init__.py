"""Where the office decides: proposals, entries that may be one."""
