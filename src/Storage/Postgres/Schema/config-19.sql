-- What becomes of calls whose agent is lost.
create table station_rules (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null, json text not null,
    primary key (owner, id)
);
