-- All visits of a record in one row, as large runs keep them; the lists are as long as each other.
create table visits (
    seq bigint, run_id varchar, record_id varchar, record_index bigint, nodes varchar[],
    visits bigint[], states varchar[], started bigint[], seconds double[], error_codes varchar[],
    errors varchar[], taken varchar[], details varchar using compression zstd
);
-- How visits ended, wherever they are kept. `place` orders those that have a number together;
-- `taken` is apart from the other details, since all of a run are counted at once.
create view node_end as
    select seq, 0::bigint as place, run_id, record_id, record_index, node, visit, state, detail,
        json_extract(detail, '$.taken')::varchar as taken, error_code, error, started, seconds
    from event where kind = 'node_ended'
    union all
    select seq, place, run_id, record_id, record_index, nodes[place], visits[place],
        states[place], json_extract(details, '$[' || (place - 1) || ']')::varchar, taken[place],
        error_codes[place], errors[place], make_timestamp(started[place]), seconds[place]
    from (select *, unnest(generate_series(1, len(nodes))) as place from visits);
