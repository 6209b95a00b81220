"""An endpoint's address: checked once, and shown without what is secret in it."""

from yarl import URL

from grasp_ui.llm.port import BadRequest, NotAuthorized

PATH = "/chat/completions"


def shown_address(address: str) -> str:
    """`address` without user name, password and query.

    Example:
        >>> shown_address("http://me:secret@host/v1?key=4711")
        'host/v1'
    """
    return address.partition("?")[0].rpartition("@")[2] or "The endpoint"


def checked_address(address: str, key: str) -> URL:
    """Where completions are asked for: `address`, with the path below /v1.

    Raises:
        BadRequest: it is not an address that a client can use.
        NotAuthorized: no header can carry the key.
    """
    if key and not (key.isascii() and key.isprintable()):
        raise NotAuthorized(
            f"The key for {shown_address(address)} has characters that no key has: copy it anew."
        )
    try:
        url = URL(address + PATH)
        is_usable = url.scheme in ("http", "https") and bool(url.host)
        is_usable = is_usable and url.port != 0 and url.user is None
    except ValueError:
        is_usable = False
    if not is_usable:
        raise BadRequest(
            f"'{shown_address(address)}' is not the address of an endpoint. Write it in Settings "
            "like https://example.org/v1, without user name and password."
        )
    return url
