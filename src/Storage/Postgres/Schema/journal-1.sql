-- One row per entry. position is gapless within its writer and given in the transaction that stores it; stamp is one number
-- per group that rises from an entry to whatever was caused by it, also across writers.
create sequence entry_stamps;
create table entries (
    owner text collate "C" not null,
    kind smallint not null,
    name text collate "C" not null,
    number bigint not null,
    writer integer not null,
    position bigint not null,
    stamp bigint not null,
    first_fact bigint not null,
    fact_count integer not null,
    facts text not null,
    first_owed bigint not null,
    owed text,
    paid_up_to bigint not null,
    heard text,
    closed boolean not null,
    primary key (owner, kind, name, number)
);
create unique index entry_position on entries (writer, position);

-- Whoever has written: one line each.
create table writers (
    id integer primary key
);

-- Whose last entry does not say closed: what a restart must wake.
create table open_subjects (
    owner text collate "C" not null,
    kind smallint not null,
    name text collate "C" not null,
    primary key (owner, kind, name)
);

-- Values about people, encrypted per tenant; lookup is a hash keyed by the tenant's key.
create table personal (
    owner text collate "C" not null,
    kind smallint not null,
    name text collate "C" not null,
    field text collate "C" not null,
    value bytea not null,
    lookup bytea,
    primary key (owner, kind, name, field)
);
create index personal_lookup on personal (lookup, name) where lookup is not null;
