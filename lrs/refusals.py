"""Why the record store does not do what it was asked to."""


class Refusal(Exception):
    """A request that cannot be carried out, with the HTTP status that says why."""

    status = 400

    def __init__(self, reason: str, status: int | None = None, retry_after: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status or self.status
        self.retry_after = retry_after


class Unauthorized(Refusal):
    """Nobody we know, or with a wrong secret."""

    status = 401


class Forbidden(Refusal):
    """Known, but not allowed to do this."""

    status = 403


class NotFound(Refusal):
    """There is nothing under this id."""

    status = 404


class NotAllowed(Refusal):
    """A method that the resource does not have."""

    status = 405

    def __init__(self, method: str, allowed: tuple[str, ...]) -> None:
        super().__init__(f"{method} is not possible here, only {', '.join(allowed)}")
        self.allowed = allowed


class Conflict(Refusal):
    """Something else is there already."""

    status = 409


class Mismatch(Refusal):
    """The document is no longer, or not yet, what the sender thinks (If-Match, If-None-Match)."""

    status = 412


class TooLarge(Refusal):
    """More than one request may carry."""

    status = 413


class Busy(Refusal):
    """Too many at once: come again in a moment."""

    status = 503
