"""From which addresses a machine client may come: networks in CIDR notation, one a line."""

from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

Network = IPv4Network | IPv6Network


def networks_in(text: str) -> list[Network]:
    """Return the networks of a text; one address is a network by itself. Raises ValueError."""
    return [ip_network(word) for word in text.split()]


def validate_networks(text: str) -> None:
    """Refuse what is not a list of networks. Raises ValidationError."""
    for word in text.split():
        try:
            ip_network(word)
        except ValueError as error:
            words = _("“%(word)s” is not a network such as 203.0.113.0/24 or 2001:db8::/32.")
            raise ValidationError(words, params={"word": word}) from error


def is_within(address: str, text: str) -> bool:
    """Say whether an address lies in one of the networks; without networks every address does."""
    networks = networks_in(text)
    if not networks:
        return True
    try:
        seen = ip_address(address)
    except ValueError:  # a socket without addresses: nobody knows whence it came
        return False
    if isinstance(seen, IPv6Address) and seen.ipv4_mapped:
        seen = seen.ipv4_mapped
    return any(seen in network for network in networks)
