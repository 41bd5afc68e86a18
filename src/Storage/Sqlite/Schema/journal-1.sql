-- Whoever has a line of facts. closed = 1: nothing will follow, a restart need not wake it.
create table subjects (
    id integer primary key,
    kind integer not null,
    owner text not null,
    name text not null,
    closed integer not null
) strict;
create unique index subject_key on subjects (kind, owner, name);
create index open_subjects on subjects (kind, id) where closed = 0;

-- One row per entry; position is gapless and given in the transaction that stores it.
create table entries (
    position integer primary key,
    subject integer not null,
    number integer not null,
    first_fact integer not null,
    fact_count integer not null,
    facts text not null,
    first_owed integer not null,
    owed text,
    paid_up_to integer not null,
    heard text,
    closed integer not null
) strict;
create unique index entry_key on entries (subject, number);

-- Values about people, encrypted per tenant; lookup is a hash keyed by the tenant's key.
create table personal (
    subject integer not null,
    field text not null,
    value blob not null,
    lookup blob,
    primary key (subject, field)
) strict, without rowid;
create index personal_lookup on personal (lookup) where lookup is not null;
