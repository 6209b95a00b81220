"""Sizes of files as a person reads them."""

from pathlib import Path


def in_words(size: int) -> str:
    """A number of bytes, rounded.

    Example:
        >>> [in_words(size) for size in (812, 5_500, 2_340_000, 3_000_000_000)]
        ['812 bytes', '5.5 kB', '2.3 MB', '3.0 GB']
    """
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"


def store_size(store: Path) -> int:
    """Bytes of a store's file with its journal and all that stands beside it."""
    beside = store.parent.glob(f"{store.name}*")
    files = (file for path in beside for file in (path, *path.rglob("*")) if file.is_file())
    return sum(file.stat().st_size for file in files)
