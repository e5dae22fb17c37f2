-- Whether the address is known to be the person's own, and not only claimed by whoever accepted an invitation first.
alter table access.person add column address_proven boolean not null default false;

-- None for somebody who comes in with the identity provider alone.
alter table access.person alter column password_hash drop not null;
