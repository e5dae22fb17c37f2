-- How often a data key has encrypted, reserved in blocks before it is used: never fewer than it did. Random 96-bit
-- nonces allow 2^32 encryptions under one key (NIST SP 800-38D, section 8.3); a key is succeeded long before.
alter table secrets.data_key add column seals bigint not null default 0;
