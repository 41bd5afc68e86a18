create table tenants (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null,
    name text not null, domain text not null, time_zone text not null, language text not null, seats integer not null, call_limit integer,
    primary key (owner, id)
);
create unique index tenant_domain on tenants (domain);

create table users (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null,
    name text not null, role integer not null, password_hash text not null,
    primary key (owner, id)
);

create table api_keys (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null,
    name text not null, role integer not null, secret_hash text not null, expires bigint,
    primary key (owner, id)
);

create table queues (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null,
    name text not null, ring_seconds integer not null, recording boolean not null, announce_every_seconds integer not null, music text not null,
    primary key (owner, id)
);

create table agents (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null,
    name text not null, "user" text not null, extension text not null, auto_sign_in boolean not null, after_call_seconds integer not null,
    max_misses integer not null, retry_reject integer not null, retry_busy integer not null, retry_no_answer integer not null,
    retry_unreachable integer not null, queues text not null,
    primary key (owner, id)
);

create table extensions (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null,
    agent text collate "C", ha1_md5 text not null, ha1_sha256 text not null,
    primary key (owner, id)
);

create table flows (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null,
    name text not null, json text not null,
    primary key (owner, id)
);

create table numbers (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null,
    display text not null, tenant text not null, flow text,
    primary key (owner, id)
);

create table trunks (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null,
    accept_from text not null, target text not null,
    primary key (owner, id)
);

-- Every version of every row, with who wrote it, when (unix ms) and whence. body null = deleted in that version.
-- Secrets are left out of the body.
create table history (
    owner text collate "C" not null, kind text collate "C" not null, id text collate "C" not null, version bigint not null,
    at bigint not null, author_owner text not null, author_user text not null, author_address text, body text,
    primary key (owner, kind, id, version)
);

-- The audit trail: each write with what stood there before.
create view audit with (security_invoker = true) as
    select owner, kind, id, version, at, author_owner, author_user, author_address,
           lag(body) over (partition by owner, kind, id order by version) as before, body as after
    from history;

-- What must be told to whoever keeps a copy; deleted when it was told. A number is never given twice.
create table notices (
    number bigint generated always as identity primary key,
    kind text collate "C" not null, owner text collate "C" not null, id text collate "C" not null, version bigint not null
);

-- Tenants' keys, wrapped by the master key.
create table tenant_keys (
    owner text collate "C" not null, id integer not null, wrapped bytea not null,
    primary key (owner, id)
);
