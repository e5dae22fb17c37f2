-- Read model of the event log: each row can be rebuilt from it. Says where in the log an organization's events are.
create table web.activity (
    aggregate_identifier text not null,
    sequence_number      bigint not null,
    organization_id      uuid not null,
    event_name           text not null,
    happened_at          timestamptz not null,
    actor                text not null,
    slug                 text collate "C",
    primary key (aggregate_identifier, sequence_number)
);
create index activity_recent on web.activity (organization_id, happened_at desc, aggregate_identifier, sequence_number);
create index activity_slug on web.activity (organization_id, slug, happened_at desc) where slug is not null;
