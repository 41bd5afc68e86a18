-- A firm that is not served for now.
alter table tenants add column suspended integer not null default 0;

-- How a firm looks.
create table brandings (
    owner text not null, id text not null, version integer not null, json text not null,
    primary key (owner, id)
) strict, without rowid;

-- Host names of tenants beside their own domain. All are the operator's rows: a name is there once.
create table custom_domains (
    owner text not null, id text not null, version integer not null, tenant text not null,
    primary key (owner, id)
) strict, without rowid;
create index custom_domains_of_tenant on custom_domains (owner, tenant, id, version);

-- What tenants' hosts show; the key is sealed.
create table host_certificates (
    owner text not null, id text not null, version integer not null, json text not null,
    primary key (owner, id)
) strict, without rowid;
