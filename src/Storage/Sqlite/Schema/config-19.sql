-- What becomes of calls whose agent is lost.
create table station_rules (
    owner text not null, id text not null, version integer not null, json text not null,
    primary key (owner, id)
) strict, without rowid;
