-- Of an env value that was read, its key; the slug is then null.
alter table audit.read add column env_key text;
