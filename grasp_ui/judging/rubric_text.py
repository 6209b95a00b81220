"""A rubric as the YAML that people read."""

from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from grasp_ui.model.rubric import Rubric


def rubric_text(rubric: Rubric) -> str:
    """`rubric` as a file that reads back the same; the name is the file's own."""
    said = rubric.model_dump(mode="json", exclude={"name"}, exclude_defaults=True)
    yaml = YAML(typ="rt", pure=True)
    yaml.default_flow_style = False
    yaml.width = 110
    out = StringIO()
    yaml.dump(_with_numbers(said), out)
    return out.getvalue()


def _with_numbers(said: dict[str, Any]) -> dict[str, Any]:
    """Levels keyed by numbers, as people write them."""
    dimensions = [
        {**one, "levels": {int(level): text for level, text in one.get("levels", {}).items()}}
        for one in said["dimensions"]
    ]
    return {**said, "dimensions": dimensions}
