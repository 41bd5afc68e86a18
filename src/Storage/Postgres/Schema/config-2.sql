-- Calling out: which numbers may be shown, how trunks take outbound calls, tenants' dial plans and the operator's ceilings.
alter table numbers add column may_call_out boolean not null default false;
alter table trunks add column outbound text;

create table dial_settings (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null, json text not null,
    primary key (owner, id)
);

create table dial_ceilings (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null, json text not null,
    primary key (owner, id)
);
