"""A person's SQL: what it can ask, and that it can do nothing else."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import duckdb
import pyarrow as pa
import pytest

from grasp_ui.model.selection import Selection
from grasp_ui.store.conversations import add_conversations, count
from grasp_ui.store.database import Database, open_database
from grasp_ui.store.query import (
    Limits,
    QueryFailed,
    QueryRefused,
    QueryStopped,
    query_columns,
    run_query,
    stream_query,
)
from grasp_ui.store.query_functions import FUNCTIONS, TABLE_FUNCTIONS
from tests.store import samples
from tests.store.query_attempts import FOREVER, REFUSED

SMALL = Limits(seconds=0.2, memory_bytes=64 * 2**20)
SECRET = "password=1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("query")
    (made / "secret.csv").write_text(SECRET)
    open_database(made / "other.duckdb").close()
    return made


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[Database]:
    database = open_database(folder / "store.duckdb")
    add_conversations(database, [samples.result(f"c{n}") for n in range(3)])
    database.settle()
    yield database
    database.close()


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("attempt", REFUSED, ids=range(len(REFUSED)))
def test_an_attempt_is_refused_and_leaves_no_trace(
    store: Database, folder: Path, attempt: str
) -> None:
    secret_of_the_program = [SECRET]
    before = files(folder)
    names = {"file": folder / "secret.csv", "store": folder / "other.duckdb"}
    sql = attempt.format(**names) if "{" in attempt else attempt
    with pytest.raises(QueryRefused) as refused:
        run_query(store, sql, limits=SMALL)
    assert secret_of_the_program[0] not in str(refused.value)
    assert files(folder) == before
    assert count(store, Selection()) == 3


@pytest.mark.parametrize("attempt", FOREVER, ids=range(len(FOREVER)))
def test_what_would_run_forever_is_stopped(store: Database, attempt: str) -> None:
    with pytest.raises(QueryStopped, match=r"after 0\.2 s|MB of memory|more than"):
        for _ in stream_query(store, attempt, limits=SMALL):
            pass
    assert run_query(store, "select count(*) from conversation").rows == [(3,)]


def test_at_least_sixty_attempts_are_made() -> None:
    assert len(set(REFUSED + FOREVER)) > 140


@pytest.mark.parametrize(
    "sql", ["from '{}'", "select * from read_text('{}')", "attach '{}'", "copy run to '{}'"]
)
def test_the_database_itself_opens_no_file(store: Database, folder: Path, sql: str) -> None:
    with store.cursor() as cursor, pytest.raises(duckdb.PermissionException):
        cursor.execute(sql.format(folder / "secret.csv"))


def test_the_database_itself_sees_no_variable_of_the_program(store: Database) -> None:
    secret_of_the_program = pa.table({"one": [1]})
    with store.cursor() as cursor, pytest.raises(duckdb.CatalogException):
        cursor.execute("from secret_of_the_program")
    assert secret_of_the_program.num_rows == 1


def test_every_function_that_is_allowed_is_known_to_duckdb(store: Database) -> None:
    with store.cursor() as cursor:
        rows = cursor.execute("select distinct lower(function_name) from duckdb_functions()")
        known = {row[0] for row in rows.fetchall()}
    assert (FUNCTIONS | TABLE_FUNCTIONS) - known == {"->"}


HONEST = [
    ("from conversation", 3),
    ("select 1;", 1),
    ("values (1), (2)", 2),
    ("table conversation", 3),
    ("select * from main.message -- all of them", 6),
    ('select "content" from message /* quoted */ where role = \'user\'', 3),
    ("select c.id, m.content from conversation c join message m on m.conversation_id = c.id", 6),
    ("from conversation c left join tag t on t.conversation_id = c.id", 3),
    ("select role, count(*) n, avg(length(content)) from message group by all having n > 1", 2),
    ("select id, row_number() over (partition by role order by seq) from message qualify "
     "row_number() over (partition by role order by seq) = 1", 2),
    ("select sum(visit) over w from message window w as (partition by role order by seq)", 6),
    ("with a as (from message), b as (select role from a) select distinct role from b", 2),
    ("with recursive up(id, depth) as (select id, 0 from message where parent_id is null union all "
     "select m.id, depth + 1 from message m join up on m.parent_id = up.id) from up", 6),
    ("with recursive up(id, path) as (select id, content from message where parent_id is null "
     "union all select m.id, up.path || ' / ' || m.content from message m join up "
     "on m.parent_id = up.id) select path from up", 6),
    ("select seed->>'$.topic', json_extract_string(variables, '$.a') from conversation", 3),
    ("select j.key, j.value from conversation, json_each(seed) j", 0),
    ("select id from conversation union select conversation_id from message", 3),
    ("select id from conversation except select 'c0' intersect select 'c1'", 3),
    ("select * exclude (seq) replace (upper(content) as content) from message", 6),
    ("select (select max(seq) from message m where m.conversation_id = c.id) from conversation c",
     3),
    ("select id from conversation where id in (select conversation_id from message) and "
     "exists (from message) and id not like '%x%' and id ilike 'C%' order by id desc limit 2", 2),
    ("select case when role = 'user' then 1 end, coalesce(name, 'nobody') from message "
     "where try_cast(content as int) is null", 6),
    ("select unnest(list_sort(list(id))) from conversation", 3),
    ("select date_trunc('day', started), strftime(started, '%Y') from run", 0),
    ("from range(1, 4) t(n), lateral (select n * 2)", 3),
    ("select concat_ws(' ', role, content, id), regexp_replace(content, '\\s+', ' ', 'g'), "
     "replace(content, '<br>', '') from message", 6),
    ("select count(*) filter (where role = 'user'), string_agg(content, ' ' order by seq) "
     "from message", 1),
    ("select quantile_cont(seq, [0.1, 0.9]), histogram(role), arg_max(id, seq) from message", 1),
    ("select if(role = 'user', 1, 2), ifnull(name, ''), current_timestamp, grouping(role) "
     "from message group by rollup (role, name)", 5),
    ("select seq::decimal(9,2), content::varchar[], {'a': 1}::struct(a int), 'a'::enum('a', 'b') "
     "from message where try_cast(content as varchar[]) is null and false", 0),
    ("from message tablesample 100%", 6),
    ("select columns('^(id|role)$') from message limit 1 offset 1", 1),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "rows"), HONEST, ids=range(len(HONEST)))
def test_an_honest_query_is_answered(store: Database, sql: str, rows: int) -> None:
    assert len(run_query(store, sql).rows) == rows


def test_an_answer_has_columns_in_order_and_python_values(store: Database) -> None:
    answer = run_query(store, "select 1 as a, 'x' as b, timestamp '2026-05-01' as a")
    assert answer.columns == ("a", "b", "a")
    assert [str(cell) for cell in answer.rows[0]] == ["1", "x", "2026-05-01 00:00:00"]
    assert not answer.truncated


def test_an_answer_stops_at_the_limit_of_rows_and_says_so(store: Database) -> None:
    answer = run_query(store, "from range(5000)", limits=Limits(rows=3000))
    assert (len(answer.rows), answer.rows[-1], answer.truncated) == (3000, (2999,), True)
    assert not run_query(store, "from range(3000)", limits=Limits(rows=3000)).truncated


def test_an_answer_stops_at_the_limit_of_bytes_and_says_so(store: Database) -> None:
    answer = run_query(store, "from range(10000)", limits=Limits(size_bytes=20_000))
    assert answer.truncated
    assert 0 < len(answer.rows) < 10_000


def test_a_stream_of_too_many_rows_is_stopped(store: Database) -> None:
    with pytest.raises(QueryStopped, match="more than 10 rows"):
        list(stream_query(store, "from range(11)", limits=Limits(rows=10)))


def test_a_stream_gives_rows_as_json_has_them(store: Database) -> None:
    sql = "select date '2026-05-01' d, 1.5::decimal(4,2) n, map {'a': 1} m, 'x'::blob b, [null] l"
    assert list(stream_query(store, sql)) == [
        {"d": "2026-05-01", "n": 1.5, "m": {"a": 1}, "b": "x", "l": [None]}
    ]


def test_a_stream_needs_names_that_differ(store: Database) -> None:
    with pytest.raises(QueryFailed, match="Two columns are named 'a'"):
        next(stream_query(store, "select 1 as a, 2 as a"))


def test_the_columns_of_a_query_are_known_without_running_it(store: Database) -> None:
    assert query_columns(store, "select count(*) n, 1 as b from range(1000000000000)") == ("n", "b")


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("", "The query is empty"),
        ("select 'a", "at line 1, character 8: unterminated"),
        ("select\n  nope(1)", r"function 'nope', found at line 2, character 3\. docs"),
        ("delete from run", "begins with 'delete'"),
        ("from stores", r"the table 'stores'.*\. The store has conversation, event"),
        ("select 1; select 2", "found 2 statements"),
        ("select '\0'", "no text"),
        ("select '\ud800'", "no text"),
    ],
)
def test_a_refusal_says_what_where_and_what_to_do(store: Database, sql: str, message: str) -> None:
    with pytest.raises(QueryRefused, match=message):
        run_query(store, sql)


@pytest.mark.parametrize(
    "sql", ["select nope from run", "select 'x'::int", "select sum(id) from run"]
)
def test_what_duckdb_cannot_answer_is_said_in_its_words(store: Database, sql: str) -> None:
    with pytest.raises(QueryFailed, match=r"The query failed: .*Error"):
        run_query(store, sql)


def test_a_query_that_is_left_half_read_lets_go_of_the_store(store: Database) -> None:
    rows = stream_query(store, "from range(1000000)")
    next(rows)
    rows.close()
    add_conversations(store, [])
    assert run_query(store, "select 1").rows == [(1,)]


def test_a_query_that_is_stopped_does_not_stop_what_is_written(path: Path) -> None:
    database = open_database(path)
    results = [samples.result(f"c{n}") for n in range(3_000)]
    writing = Thread(target=add_conversations, args=(database, results))
    writing.start()
    for attempt in FOREVER[:4]:
        with pytest.raises(QueryStopped):
            list(stream_query(database, attempt, limits=SMALL))
    writing.join()
    assert run_query(database, "select count(*) from conversation").rows == [(3_000,)]
    database.close()
