"""Which city this portal speaks for: read from the city's own folder, never from code."""

import tomllib


def read_city(folder):
    """Return the city's configuration as a dict with the keys the pages rely on.

    Raises OSError when there is no `city.toml`, ValueError when it cannot be read
    or lacks a key: a portal that does not know its city must not start.
    """
    path = folder / "city.toml"
    with path.open("rb") as file:
        try:
            city = tomllib.load(file)
        except tomllib.TOMLDecodeError as error:
            message = f"{path} cannot be read: {error}"
            raise ValueError(message) from error
    required = ["name", "full_name", "portal_name", "claim", "department", "region", "contact"]
    if missing := [key for key in required if key not in city]:
        message = f"{path} lacks {', '.join(missing)}"
        raise ValueError(message)
    if missing := [key for key in ("name", "phone") if not city["contact"].get(key)]:
        message = f"{path} lacks {', '.join(missing)} in [contact]: a number is never unnamed"
        raise ValueError(message)
    for situation in city.get("situations", []):
        if "label" not in situation or ("offers" in situation) == ("help" in situation):
            message = f"{path}: a situation needs a label and either offers or help, {situation}"
            raise ValueError(message)
    return city
