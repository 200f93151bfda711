"""The errors that services raise and edges turn into words for a person."""


class DomainError(Exception):
    """Something the person who asked can understand and mend.

    `code` is for programs, the message for people, `status` the HTTP status an edge answers.
    """

    code = "invalid"
    status = 400

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class NotAllowed(DomainError):
    """The person may see the thing but not do this to it."""

    code = "not_allowed"
    status = 403


class Conflict(DomainError):
    """The thing is no longer in the state the request assumes."""

    code = "conflict"
    status = 409
