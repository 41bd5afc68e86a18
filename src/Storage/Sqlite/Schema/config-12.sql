-- Who leads whom.
create table teams (
    owner text not null, id text not null, version integer not null, json text not null,
    primary key (owner, id)
) strict, without rowid;

-- Why agents may be not ready or on a break.
create table presence_reasons (
    owner text not null, id text not null, version integer not null, json text not null,
    primary key (owner, id)
) strict, without rowid;
