-- How many attempts a line stands for: one, unless a key is refused over and over.
alter table audit.read add column times integer not null default 1;
