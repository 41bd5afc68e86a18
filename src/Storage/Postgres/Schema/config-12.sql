-- Who leads whom.
create table teams (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null, json text not null,
    primary key (owner, id)
);

-- Why agents may be not ready or on a break.
create table presence_reasons (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null, json text not null,
    primary key (owner, id)
);
