-- No primary keys and no indexes: they triple the file and slow every write.
create table run (
    seq bigint, id varchar, graph_id varchar, graph_version varchar, title varchar, state varchar,
    settings varchar, models varchar, reason varchar, started timestamp, ended timestamp,
    done bigint, failed bigint, calls bigint, prompt_tokens bigint, completion_tokens bigint,
    cost_usd double
);
create table graph_version (
    seq bigint, graph_id varchar, version varchar, title varchar, "text" varchar, draft boolean,
    kept timestamp
);
create table event (
    seq bigint, run_id varchar, kind varchar, record_id varchar, record_index bigint, node varchar,
    visit bigint, candidate bigint, "key" varchar, model varchar, attempt bigint, state varchar,
    request varchar using compression zstd, reply varchar using compression zstd,
    extra varchar, detail varchar using compression zstd, finish_reason varchar,
    prompt_tokens bigint, completion_tokens bigint, cost_usd double, error_code varchar,
    error varchar, started timestamp, seconds double
);
create table conversation (
    seq bigint, id varchar, run_id varchar, record_id varchar, record_index bigint,
    graph_version varchar, source varchar, seed varchar using compression zstd,
    variables varchar using compression zstd, message_count bigint
);
create table message (
    seq bigint, id varchar, conversation_id varchar, parent_id varchar, role varchar,
    content varchar using compression zstd, name varchar, node varchar, visit bigint,
    candidate bigint, model varchar,
    finish_reason varchar, reasoning varchar, active boolean, train boolean
);
create table preference (
    seq bigint, id varchar, conversation_id varchar, prompt_id varchar, better_id varchar,
    worse_id varchar, margin double, source varchar, author varchar, version varchar,
    run_id varchar
);
create table tag (
    seq bigint, conversation_id varchar, target_kind varchar, target_id varchar, name varchar,
    element varchar, "value" varchar, score double, "action" varchar, source varchar,
    author varchar, version varchar, evidence varchar, run_id varchar
);
create table review (
    seq bigint, id varchar, kind varchar, conversation_id varchar, target_kind varchar,
    target_id varchar, payload varchar, person varchar, reason varchar, done timestamp
);
-- What counts now: folded from message, tag and review, and rebuildable at any time.
create table tag_current (
    conversation_id varchar, target_kind varchar, target_id varchar, name varchar, element varchar,
    "value" varchar, score double, "action" varchar, source varchar, author varchar,
    version varchar, reason varchar, disputed boolean
);
create table thread_current (
    conversation_id varchar, leaf_id varchar, state varchar, reasons varchar, score double,
    reviewed boolean
);
