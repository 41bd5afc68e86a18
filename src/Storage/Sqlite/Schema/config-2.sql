-- Calling out: which numbers may be shown, how trunks take outbound calls, tenants' dial plans and the operator's ceilings.
alter table numbers add column may_call_out integer not null default 0;
alter table trunks add column outbound text;

create table dial_settings (
    owner text not null, id text not null, version integer not null, json text not null,
    primary key (owner, id)
) strict, without rowid;

create table dial_ceilings (
    owner text not null, id text not null, version integer not null, json text not null,
    primary key (owner, id)
) strict, without rowid;
