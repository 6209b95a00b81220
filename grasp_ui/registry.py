"""One way to add a part: a name, a config model and a function, kept by family."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Generic, TypeVar

from pydantic import BaseModel

from grasp_ui.errors import NameTaken, UnknownName

Config = TypeVar("Config", bound=BaseModel)
Deed = TypeVar("Deed", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Look:
    """How a part is shown: group and order in a list, icon and one line of help.

    Parts of one group stand by `order`, then by name.
    """

    title: str
    help: str
    group: str = ""
    icon: str = ""
    color: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class Part(Generic[Deed]):
    """A registered part: its config model says what a form asks, `deed` does it."""

    name: str
    config: type[BaseModel]
    deed: Deed
    look: Look
    home: str


@dataclass
class Registry(Generic[Deed]):
    """The parts of one family, in the order in which they were registered.

    Example:
        >>> from pydantic import BaseModel
        >>> shouts = Registry("shout")
        >>> @shouts.part("loud", config=BaseModel, look=Look("Loud", "Shouts."))
        ... def loud(config): return "HEY"
        >>> shouts["loud"].deed(None)
        'HEY'
        >>> shouts.nearest("lowd")
        'loud'
    """

    family: str
    parts: dict[str, Part[Deed]] = field(default_factory=dict)

    def part(self, name: str, *, config: type[BaseModel], look: Look) -> Callable[[Deed], Deed]:
        """Register the decorated function under `name`.

        Raises:
            NameTaken: the name is claimed already; the message names both homes.
        """

        def register(deed: Deed) -> Deed:
            home = f"{deed.__module__}.{getattr(deed, '__qualname__', name)}"
            taken = self.parts.get(name)
            if taken and taken.home != home:
                raise NameTaken(
                    f"Two parts of family '{self.family}' are named '{name}': "
                    f"{taken.home} and {home}. Rename one of them."
                )
            self.parts[name] = Part(name, config, deed, look, home)
            return deed

        return register

    def __getitem__(self, name: str) -> Part[Deed]:
        if name not in self.parts:
            hint = self.nearest(name)
            advice = f"Did you mean '{hint}'?" if hint else f"Known: {', '.join(self.parts)}."
            raise UnknownName(f"There is no {self.family} named '{name}'. {advice}")
        return self.parts[name]

    def __contains__(self, name: object) -> bool:
        return name in self.parts

    def __iter__(self) -> Iterator[Part[Deed]]:
        return iter(self.parts.values())

    def nearest(self, name: str) -> str | None:
        """The registered name most like `name`, if any is near."""
        return next(iter(get_close_matches(name, self.parts, n=1, cutoff=0.5)), None)
