-- Where a firm's people sign in, if not here; the client's secret is sealed.
create table identity_providers (
    owner text not null, id text not null, version integer not null, json text not null,
    primary key (owner, id)
) strict, without rowid;

-- Whether we ask a trunk now and then if it is there; not those that were there before, until somebody says so.
alter table trunks add column probe integer not null default 0;
