"""The comparison of what is built with what is committed."""

from pathlib import Path

from tools.frontend import differences


def folder_with(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_equal_folders_have_no_differences(tmp_path: Path) -> None:
    built, committed = (folder_with(tmp_path / name, a="1", b="2") for name in ("x", "y"))
    assert differences(built, committed) == []


def test_a_changed_byte_is_found(tmp_path: Path) -> None:
    built = folder_with(tmp_path / "built", a="1", b="2")
    assert differences(built, folder_with(tmp_path / "committed", a="1", b="3")) == ["b"]


def test_a_file_on_one_side_alone_is_found(tmp_path: Path) -> None:
    built = folder_with(tmp_path / "built", a="1", b="2")
    assert differences(built, folder_with(tmp_path / "committed", a="1", c="2")) == ["b", "c"]
