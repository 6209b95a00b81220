"""Rows that a question to the store gives."""

from typing import Annotated

from pydantic import Field

from grasp_ui.interchange.seed_source import ColumnsUnknown, Place, Rows, SourceConfig, seed_source
from grasp_ui.model.fields import Passage
from grasp_ui.registry import Look


class QueryConfig(SourceConfig):
    """What to ask."""

    sql: Annotated[
        Passage,
        Field(
            title="SQL",
            description="One SELECT over the store's tables; it can read nothing else, and "
            "change nothing. End it with `order by`, so that rows come in one order.",
            min_length=1,
        ),
    ] = "select id, seed from conversation order by seq"


LOOK = Look("Query", "Rows that a SELECT over the store gives.", icon="manage_search")


@seed_source("query", config=QueryConfig, look=LOOK)
def query(config: QueryConfig, place: Place) -> Rows:
    """One row for each row of the answer.

    Raises:
        ColumnsUnknown: the store is not open here.
        GraspError: the query may not run, or cannot be answered.
    """
    if place.stored is None:
        raise ColumnsUnknown("A query asks the store, which is not open here.")
    if place.only_columns:
        return Rows(iter([dict.fromkeys(place.stored.query_columns(config.sql))]))
    return Rows(place.stored.of_query(config.sql), "the query")
