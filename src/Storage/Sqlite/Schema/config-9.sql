-- Prompts of a tenant's own.
create table prompts (
    owner text not null, id text not null, version integer not null, json text not null,
    primary key (owner, id)
) strict, without rowid;
