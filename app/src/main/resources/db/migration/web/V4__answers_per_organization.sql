-- A person belongs to several organizations, and may use one key in each.
alter table web.idempotent_answer drop constraint idempotent_answer_pkey,
    add primary key (organization_id, actor, key_sha256);
