"""The dataset card: a README that people read and that `load_dataset` understands."""

from collections.abc import Mapping

from grasp_ui.interchange.manifest import Manifest
from grasp_ui.registry import Look

SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
CARD = """\
---
{header}---

# {title}

{help}

Rows: {rows}, from {written} of {total} records. Written by {program}; `manifest.json` has the
selection, the settings and the sums of the files.

## Counts

{counts}

## Where it comes from

{lineage}

## Use

```python
{usage}```

No licence is set. Choose one before you publish this: the models that wrote the texts have terms.
"""


def card_of(manifest: Manifest, look: Look, *, usage: str) -> str:
    """The README of an export; the same manifest gives the same text."""
    counts = manifest.counts
    return CARD.format(
        header=_header(manifest),
        title=look.title,
        help=look.help,
        rows=counts["rows"],
        written=counts["written"],
        total=counts["total"],
        program=manifest.program,
        counts=_counts(counts),
        lineage=_lineage(manifest),
        usage=usage,
    )


def _header(manifest: Manifest) -> str:
    rows = manifest.counts["rows"]
    size = next((name for limit, name in SIZES if rows < limit), "n>1M")
    made = "- synthetic\n" if manifest.run_ids else ""
    about = f"tags:\n{made}- {manifest.format}\nsize_categories:\n- {size}\n"
    if not rows:
        return about
    names = [name for name, file in manifest.files.items() if file.rows is not None]
    paths = "".join(f"  - split: train\n    path: {name}\n" for name in names)
    return f"configs:\n- config_name: default\n  data_files:\n{paths}{about}"


def _counts(counts: Mapping[str, object]) -> str:
    lines = [f"- written: {counts['written']}", f"- repaired: {counts['repaired']}"]
    if "edited" in counts:
        lines.append(f"- with texts that people edited: {counts['edited']}")
    for name, title in (("dropped", "dropped"), ("left_out", "left out of written ones")):
        reasons = counts[name]
        if isinstance(reasons, Mapping):
            lines += [f"- {title}: {reason}: {times}" for reason, times in reasons.items()]
    return "\n".join(lines)


def _lineage(manifest: Manifest) -> str:
    told = (
        ("Graph versions", manifest.graph_versions),
        ("Runs", manifest.run_ids),
        ("Up to event", [] if manifest.as_of is None else [str(manifest.as_of)]),
    )
    lines = [f"- {title}: {', '.join(f'`{one}`' for one in said)}" for title, said in told if said]
    return "\n".join(lines) or "- imported conversations"
