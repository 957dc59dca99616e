"""Which certificates this machine trusts, for tools that would bring a list of their own.

An institution whose network has a certificate authority of its own has it in the machine's list.
"""

import os
import ssl
from pathlib import Path

_PLACES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora
    "/etc/ssl/cert.pem",  # Alpine, macOS
)


def system_bundle() -> Path | None:
    """Return the machine's list of certificates, or None if it has none in one file."""
    told = (os.environ.get("SSL_CERT_FILE"), os.environ.get("PIP_CERT"))
    candidates = (*told, ssl.get_default_verify_paths().cafile, *_PLACES)
    return next((Path(path) for path in candidates if path and Path(path).is_file()), None)


def trusting_environment() -> dict[str, str]:
    """Return this process's environment, with uv and Node.js told to trust what it trusts."""
    bundle = system_bundle()
    if bundle is None:
        return dict(os.environ)
    told = {
        "UV_SYSTEM_CERTS": "1",
        "SSL_CERT_FILE": str(bundle),
        "NODE_EXTRA_CA_CERTS": str(bundle),
    }
    return told | dict(os.environ)
