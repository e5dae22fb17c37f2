-- The event log. Payload and metadata are JSON in UTF-8: convert_from(payload, 'UTF8')::jsonb reads them.
create table eventstore.domain_event (
    global_index         bigint generated always as identity primary key,
    event_identifier     text not null unique,
    aggregate_identifier text not null,
    sequence_number      bigint not null,
    type                 text not null,
    time_stamp           text not null,
    payload_type         text not null,
    payload_revision     text not null,
    payload              bytea not null,
    meta_data            bytea not null,
    unique (aggregate_identifier, sequence_number)
);

-- Aggregates as they were at some event; only there so that loading one stays quick.
create table eventstore.snapshot (
    event_identifier     text not null unique,
    aggregate_identifier text not null,
    sequence_number      bigint not null,
    type                 text not null,
    time_stamp           text not null,
    payload_type         text not null,
    payload_revision     text not null,
    payload              bytea not null,
    meta_data            bytea,
    primary key (aggregate_identifier, sequence_number)
);
