-- What agents write down of calls; note and fields are sealed (null once erased).
create table summaries (
    owner text collate "C" not null, call text collate "C" not null, agent text collate "C" not null, version bigint not null, changed bigint not null, final boolean not null,
    types_version bigint not null, call_type text collate "C", result text collate "C", body bytea,
    primary key (owner, call, agent)
);

-- Call types, results and own fields of summaries.
create table call_types (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null, json text not null,
    primary key (owner, id)
);

-- What agents may say at each step of a conversation.
create table script_cards (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null, json text not null,
    primary key (owner, id)
);
