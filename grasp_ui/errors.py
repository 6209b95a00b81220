"""What the world or the programmer did wrong; a person's slip is a `Problem`."""


class GraspError(Exception):
    """The root of every error that this program raises on purpose.

    The message says what and where, what was found, and what to do.
    """


class NameTaken(GraspError):
    """Two parts claim one registered name."""


class UnknownName(GraspError):
    """A graph, a setting or a call names a part that is not registered."""


class InvalidGraph(GraspError):
    """A graph with problems was to be run; `problems` has them all."""

    def __init__(self, problems: tuple[object, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class CannotGroup(GraspError):
    """Nodes cannot become a subgraph, or a subgraph its nodes: the message says why."""


class UnreadableFile(GraspError):
    """A file does not hold what it should: the message names line and remedy."""


class StoreHeld(GraspError):
    """Another process holds the store's file."""


class StoreTooNew(GraspError):
    """The store was written by a newer version of the program."""


class StoreFailed(GraspError):
    """The store cannot write any more; what was acknowledged before is kept."""


class RunHalted(GraspError):
    """A run may not begin another call; what is in flight ends first. It says why."""


class CannotResume(GraspError):
    """A run cannot go on: it does already, is whole, or its seeds have changed."""


class CannotTag(GraspError):
    """Judges cannot be asked: a tagging is at work, or a ceiling cannot be held."""


class ImportBusy(GraspError):
    """Another file is being imported into this workspace."""


class NotFound(GraspError):
    """An id names nothing that is stored."""
