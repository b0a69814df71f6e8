"""Public pages made once and given to every reader, until something that readers see changes.

`front` answers before Django where the very address was asked before, `middleware` before session,
locale and sign-in. What a page is kept under stands in `asking`, where it lies in `shelf`.
"""
