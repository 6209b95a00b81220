"""What every seed source, transform of seeds, export and import format promises."""

from typing import Any

import pytest

from grasp_ui.interchange.export_format import EXPORT_FORMATS, ExportConfig
from grasp_ui.interchange.import_format import IMPORT_FORMATS, ImportConfig
from grasp_ui.interchange.seed_source import SEED_SOURCES
from grasp_ui.interchange.seed_transform import SEED_TRANSFORMS
from grasp_ui.registry import Part
from grasp_ui.services.parts import load_parts

load_parts()
PARTS: list[Part[Any]] = [*SEED_SOURCES, *SEED_TRANSFORMS, *EXPORT_FORMATS, *IMPORT_FORMATS]
every_part = pytest.mark.parametrize("part", PARTS, ids=[part.name for part in PARTS])


@every_part
def test_a_part_says_what_it_is(part: Part[Any]) -> None:
    assert part.look.title
    assert part.look.help
    assert part.deed.__doc__
    assert part.config.__doc__


@every_part
def test_the_default_config_goes_out_as_json_and_comes_back(part: Part[Any]) -> None:
    config = part.config()
    assert part.config.model_validate_json(config.model_dump_json()) == config


@every_part
def test_every_field_of_a_config_has_a_title(part: Part[Any]) -> None:
    fields = part.config.model_fields.items()
    assert [name for name, field in fields if not field.title] == []


@pytest.mark.parametrize("part", list(EXPORT_FORMATS), ids=[part.name for part in EXPORT_FORMATS])
def test_an_export_format_says_how_its_file_is_loaded(part: Part[Any]) -> None:
    assert issubclass(part.config, ExportConfig)
    compile(part.config.usage, part.name, "exec")


@pytest.mark.parametrize("part", list(IMPORT_FORMATS), ids=[part.name for part in IMPORT_FORMATS])
def test_an_import_format_takes_nothing_for_its_own_that_has_none_of_its_keys(
    part: Part[Any],
) -> None:
    assert issubclass(part.config, ImportConfig)
    assert part.config.layout_of({}) == part.config.layout_of({"question": "Why?"}) == ""


def test_the_formats_and_sources_that_ship_are_registered() -> None:
    assert {part.name for part in SEED_SOURCES} >= {"inline", "csv", "jsonl", "parquet", "run"}
    assert {part.name for part in SEED_TRANSFORMS} >= {"rename", "filter", "combine", "sample"}
    assert {part.name for part in EXPORT_FORMATS} >= {"trl-sft", "trl-dpo", "jsonl"}
    assert {part.name for part in IMPORT_FORMATS} >= {"oasst"}
