-- The read log tells when a server was last fetched.
drop table config.last_fetch;
