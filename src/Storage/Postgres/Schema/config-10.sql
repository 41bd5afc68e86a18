-- Whether an account is switched off: it stays, and opens nothing.
alter table users add column disabled boolean not null default false;
