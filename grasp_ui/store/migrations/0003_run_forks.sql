-- How many of the records that ended are forks of others: `done` and `failed` count them too.
alter table run add column forks bigint;
