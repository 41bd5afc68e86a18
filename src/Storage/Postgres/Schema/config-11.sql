-- A firm that is not served for now.
alter table tenants add column suspended boolean not null default false;

-- How a firm looks.
create table brandings (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null, json text not null,
    primary key (owner, id)
);

-- Host names of tenants beside their own domain. All are the operator's rows: a name is there once.
create table custom_domains (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null, tenant text collate "C" not null,
    primary key (owner, id)
);
create index custom_domains_of_tenant on custom_domains (owner, tenant, id, version);

-- What tenants' hosts show; the key is sealed.
create table host_certificates (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null, json text not null,
    primary key (owner, id)
);
