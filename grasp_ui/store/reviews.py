"""What people do: on the disk before the call returns, undone by another event."""

from grasp_ui.errors import GraspError
from grasp_ui.model.effective import effective_tags, standing
from grasp_ui.model.review import ReviewEvent
from grasp_ui.store.database import Database
from grasp_ui.store.rows import review_row
from grasp_ui.store.values import cells, review_of


class InvalidReview(GraspError):
    """A review event lacks what its kind needs, or says what no tag can say."""


def add_review(db: Database, event: ReviewEvent) -> ReviewEvent:
    """Keep what a person did; it outlives a power cut, and the next reader sees it.

    Returns:
        The event with its sequence number.

    Raises:
        InvalidReview: its payload cannot count: no tag's name, a score beyond 0 to 1,
            nothing named to undo, an edit without a text.
    """
    _check(event)
    seq = db.append([("review", review_row(event))], review=True)
    return event.model_copy(update={"seq": seq})


def last_standing(db: Database, person: str) -> ReviewEvent | None:
    """The newest event of `person` that nobody has undone; None where there is none."""
    with db.cursor() as cursor:
        cursor.execute("from review where person = ? or kind = 'undo' order by seq", [person])
        events = [review_of(row) for row in cells(cursor)]
    mine = (event for event in reversed(standing(events)) if event.person == person)
    return next(mine, None)


def _check(event: ReviewEvent) -> None:
    try:
        _count(event)
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidReview(
            f"A review of kind '{event.kind}' cannot count as it is: {error}. Say which tag it is "
            "about, a score from 0 to 1, the new text, or which event it undoes."
        ) from error


def _count(event: ReviewEvent) -> None:
    effective_tags((), [event])
    if event.kind == "undo":
        event.payload["undoes"]
    if event.kind == "edit" and not isinstance(event.payload["content"], str):
        raise TypeError("the new text is no text")
