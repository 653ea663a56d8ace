"""Why a model has given no answer that can be used."""

from functions.worker.language.usage import Usage
from shared.errors import SluiceError


class NoAnswer(SluiceError):
    """The model answered, again and again, with something that is not what was asked for."""

    def __init__(self, sentence: str, spent: Usage) -> None:
        super().__init__(sentence)
        self.spent = spent


class BudgetSpent(SluiceError):
    """The task's tokens are used up."""


class Interrupted(SluiceError):
    """The job was asked to stop while a call waited for its turn."""
