-- Which numbers visitors of web pages may call, and how.
create table web_calls (
    owner text not null, id text not null, version integer not null, json text not null,
    primary key (owner, id)
) strict, without rowid;
