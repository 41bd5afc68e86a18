-- What agents write down of calls; note and fields are sealed (null once erased).
create table summaries (
    owner text not null, call text not null, agent text not null, version integer not null, changed integer not null, final integer not null,
    types_version integer not null, call_type text, result text, body blob,
    primary key (owner, call, agent)
) strict, without rowid;

-- Call types, results and own fields of summaries.
create table call_types (
    owner text not null, id text not null, version integer not null, json text not null,
    primary key (owner, id)
) strict, without rowid;

-- What agents may say at each step of a conversation.
create table script_cards (
    owner text not null, id text not null, version integer not null, json text not null,
    primary key (owner, id)
) strict, without rowid;
