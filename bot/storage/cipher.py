"""Encryption at rest, with keys that can be changed."""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.storage.database import StoreError

_MARK = "fernet:"


class Cipher:
    """Encrypts with the first of its keys, decrypts with any; without keys all stays plain.

    Keys are those of `Fernet.generate_key()`: 32 bytes in URL-safe base64.
    """

    def __init__(self, keys: Sequence[str] = ()) -> None:
        """Raise StoreError for a key that is none; no message repeats it."""
        try:
            for key in keys:
                base64.urlsafe_b64decode(key)
            self._fernet = MultiFernet([Fernet(key) for key in keys]) if keys else None
        except ValueError:
            raise StoreError(
                "TOKEN_KEYS: holds something that is no key. Make one with `python -c 'from "
                "cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'`."
            ) from None

    def encrypt(self, plain: str) -> str:
        """Return the text as it is stored; one that is encrypted already stays as it is."""
        if self._fernet is None or plain.startswith(_MARK):
            return plain
        return _MARK + self._fernet.encrypt(plain.encode()).decode()

    def decrypt(self, stored: str) -> str:
        """Return the text again; raises StoreError if none of the keys opens it."""
        if not stored.startswith(_MARK):
            return stored
        if self._fernet is None:
            raise StoreError("TOKEN_KEYS: is not set, but what is stored is encrypted.")
        try:
            return self._fernet.decrypt(stored.removeprefix(_MARK)).decode()
        except InvalidToken:
            raise StoreError("TOKEN_KEYS: none of them opens what is stored.") from None

    def renew(self, stored: str) -> str:
        """Return what was stored, encrypted with the newest key."""
        return self.encrypt(self.decrypt(stored))
