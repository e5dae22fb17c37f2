-- The one answer that leaves no key to seal it with, that of shredding an organization. It holds no secret.
alter table web.idempotent_answer add column open_answer bytea;
