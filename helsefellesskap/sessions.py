"""Sessions in the database, as Django keeps them."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """Knows no key that it could not have made itself: PostgreSQL refuses the very question of a NUL."""

    def _validate_session_key(self, key: str) -> bool:
        ours = bool(key) and key.isascii() and key.isalnum()
        return ours and super()._validate_session_key(key)  # type: ignore[misc]  # not in the stubs
