"""Ids are hashes of canonical JSON, whichever way that is written."""

from hashlib import blake2b
from json import dumps

from hypothesis import given
from hypothesis import strategies as st

from grasp_ui.model.value import identity

PARTS = st.lists(
    st.text(st.characters(exclude_categories=[])) | st.integers() | st.booleans() | st.none()
    | st.floats(allow_nan=False) | st.dictionaries(st.text(), st.integers(), max_size=3)
)  # fmt: skip


@given(PARTS)
def test_an_id_is_the_hash_of_the_parts_as_sorted_compact_json(parts: list[object]) -> None:
    text = dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    expected = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
    assert identity(*parts) == expected
