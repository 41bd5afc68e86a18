-- Where a firm's people sign in, if not here; the client's secret is sealed.
create table identity_providers (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null, json text not null,
    primary key (owner, id)
);

-- Whether we ask a trunk now and then if it is there; not those that were there before, until somebody says so.
alter table trunks add column probe boolean not null default false;
