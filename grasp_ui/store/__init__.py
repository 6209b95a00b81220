"""One owner of the database file: the journal, the writer, the queries."""
