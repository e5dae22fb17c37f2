-- The app that presents a key. None for management keys; every app key from before apps is the default app's.
alter table access.api_key add column app text;
update access.api_key set app = 'default' where kind = 'app';
