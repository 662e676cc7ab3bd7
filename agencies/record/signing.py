"""The key that signs the heads of the record: `RECORD_KEY`, else one made in a file of its own, once."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def public_key() -> str:
    """In hexadecimal digits, as it is published."""
    return _private_key().public_key().public_bytes_raw().hex()


def sign(hashed: str) -> str:
    return _private_key().sign(bytes.fromhex(hashed)).hex()


def is_signed(hashed: str, signature: str, key: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), bytes.fromhex(hashed))
    except (InvalidSignature, ValueError):
        return False
    return True


def keyed_digest(purpose: str, text: str) -> str:
    """Commits to a text that is itself to be forgotten: without the key nobody can try out what it was. 64 hexadecimal digits."""
    key = hmac.digest(_private_key().private_bytes_raw(), b"keyed digest", "sha256")
    return hmac.new(key, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()


def _private_key() -> Ed25519PrivateKey:
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(settings.RECORD_KEY or _key_in_file()))
    except ValueError as error:
        raise ImproperlyConfigured("RECORD_KEY must be 64 hexadecimal digits.") from error


def _key_in_file() -> str:
    path = settings.RECORD_KEY_FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        own = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        own.touch(mode=0o600)
        own.write_text(secrets.token_hex(32))
        try:
            # Of two processes that make one at once the first decides.
            os.link(own, path)
        except FileExistsError:
            pass
        finally:
            own.unlink()
    return str(path.read_text()).strip()
