"""What can go wrong while the whole system runs on one machine."""

from shared.errors import SluiceError


class CannotRun(SluiceError):
    """The local system cannot start or go on; the text is for the person at the terminal."""


class ChildDied(CannotRun):
    """A process that must keep running has ended by itself; the text shows its last words."""
