-- A node takes a source before it asks it, so that no two ask it because it is time to.
alter table secrets.env_sync alter column tried_at drop not null, add column taken_at timestamptz;
