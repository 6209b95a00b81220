-- What a person named a state of a drawing; null for those that nobody named.
alter table graph_version add column name varchar;
