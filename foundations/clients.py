"""Whose request it is: the address of the visitor, as far as it can be believed."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The visitor's IP address, "" if unknown.

    Each reverse proxy of ours adds one entry at the end of X-Forwarded-For: the address it was reached from. So with
    N = TRUSTED_PROXIES the visitor is the N-th entry from the end, and whatever stands before it was written by the
    visitor: never read. With N = 0 the header is not read at all. A header with fewer entries than proxies did not
    come through them: the address of the connection is used.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    trusted = settings.TRUSTED_PROXIES
    claimed = hops[-trusted] if 0 < trusted <= len(hops) else direct
    return _valid(claimed) or _valid(direct)


def throttled_address(request: HttpRequest) -> str | None:
    """The address to count attempts by: an IPv6 visitor owns a whole /64 and may change address at will."""
    address = client_address(request)
    if not address:
        return None
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address):
        return str(ip_network(f"{address}/64", strict=False).network_address)
    return address


def _valid(text: str) -> str:
    """`text` as a plain IP address, without port, zone or brackets; "" if it is not one."""
    text = text.removeprefix("[").split("]")[0].split("%")[0]
    if text.count(":") == 1:  # IPv4 with a port, as some proxies write it
        text = text.split(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)
