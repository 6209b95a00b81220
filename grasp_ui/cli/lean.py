"""What keeps a command light: libraries left out, garbage looked for less often."""

import gc
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType


class _NoPandas(MetaPathFinder):
    """Answers every search for pandas as if it were not installed."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> None:
        """Nothing, for every module but pandas."""
        if fullname == "pandas":
            raise ModuleNotFoundError("Commands do without pandas.", name=fullname)


def leave_out_pandas() -> None:
    """Keep DuckDB from importing pandas in this process.

    It does so with the first bound value, only to see whether that is one of pandas': a second
    of CPU and 60 MB for each command.
    """
    sys.meta_path.insert(0, _NoPandas())


def look_for_garbage_less_often() -> None:
    """Spare a long run the search for reference cycles among what it only passes on.

    A run makes some thirty containers a call and hands them to the store: with the default
    thresholds the search took a tenth of its CPU. What start-up left is not searched again.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
