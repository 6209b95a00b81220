"""Open Assistant's messages, threads and trees, with what people said of them."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from grasp_ui.interchange.import_format import ImportConfig, Imported, Intake, import_format
from grasp_ui.interchange.imports.oasst_grouping import trees_in
from grasp_ui.interchange.imports.oasst_judgements import preferences_of, tags_of
from grasp_ui.interchange.imports.oasst_layouts import layout_of
from grasp_ui.interchange.imports.oasst_tree import Tree, tree_of
from grasp_ui.interchange.jsonfile import Items
from grasp_ui.interchange.rows import SetAside
from grasp_ui.model.event import RecordResult
from grasp_ui.model.value import JsonObject
from grasp_ui.registry import Look


class OasstConfig(ImportConfig):
    """What is taken over beside the messages."""

    with_tags: Annotated[
        bool,
        Field(
            title="Labels as tags",
            description="People's labels, reviews and deletions, and what detoxify found.",
        ),
    ] = True
    with_preferences: Annotated[
        bool,
        Field(title="Ranks as preferences", description="One for each two answers of a prompt."),
    ] = True

    @classmethod
    def layout_of(cls, item: JsonObject) -> str:
        """The layout of an OASST object; empty where it is none."""
        return layout_of(item)


LOOK = Look(
    "OASST",
    "Open Assistant's data: messages, threads or trees, a JSON object a line or in a list.",
    icon="forum",
)


@import_format("oasst", config=OasstConfig, look=LOOK)
def oasst(config: OasstConfig, items: Items, intake: Intake) -> Iterator[Imported | SetAside]:
    """A conversation for each tree, with tags and preferences of source *imported*.

    Of siblings the best by rank is active that nobody deleted or rejected. What people said has
    the author `people`: labels are info, `review_result: false` and `deleted` reject.
    """
    number = 0
    for group in trees_in(items, intake):
        if isinstance(group, SetAside):
            yield group
            continue
        for found in tree_of(group, intake, number):
            if isinstance(found, SetAside):
                yield found
            else:
                number += 1
                yield Imported(_result(config, found, intake), group.nodes[0].line)


def _result(config: OasstConfig, tree: Tree, intake: Intake) -> RecordResult:
    tags = (tag for one in tree.placed for tag in tags_of(one, intake.passed_over))
    preferences = (one for siblings in tree.siblings() for one in preferences_of(siblings))
    return RecordResult(
        tree.conversation,
        tuple(preferences) if config.with_preferences else (),
        tuple(tags) if config.with_tags else (),
    )
