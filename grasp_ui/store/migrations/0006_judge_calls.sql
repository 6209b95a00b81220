-- What judges were asked and said, so that the same text is never paid for twice. A row without
-- an outcome says what was used where no answer came of it.
create table judge_call (
    seq bigint, "key" varchar, conversation_id varchar, run_id varchar, version varchar,
    model varchar, sample bigint, outcome varchar using compression zstd, calls bigint,
    prompt_tokens bigint, completion_tokens bigint, cost_usd double, asked timestamp,
    seconds double
);
