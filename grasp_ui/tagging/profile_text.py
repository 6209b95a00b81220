"""A tagging profile as the YAML that people read."""

from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from grasp_ui.tagging.profile import Profile


def profile_text(profile: Profile) -> str:
    r"""`profile` as a file that reads back the same; the name is the file's own.

    What is still the default is left out.

    Example:
        >>> print(profile_text(Profile(name="mine", title="Mine", rules={"repetition": {}})))
        title: Mine
        rules:
          repetition: {}
        <BLANKLINE>
    """
    said = profile.model_dump(mode="json", exclude={"name"}, exclude_defaults=True)
    yaml = YAML(typ="rt", pure=True)
    yaml.default_flow_style = False
    yaml.width = 110
    out = StringIO()
    yaml.dump(_flat(said), out)
    return out.getvalue()


def _flat(said: dict[str, Any]) -> dict[str, Any]:
    """Rules without settings of their own stay named."""
    return {**said, "rules": said.get("rules", {})}
