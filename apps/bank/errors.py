"""What can be wrong with an item, in words for its author."""

from apps.common.errors import Conflict, DomainError


class Unpublishable(DomainError):
    """The item is not fit for learners yet."""

    code = "unpublishable"


class WrongStatus(Conflict):
    """The item's status does not allow this step."""

    code = "wrong_status"
