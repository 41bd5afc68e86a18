-- Which numbers visitors of web pages may call, and how.
create table web_calls (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null, json text not null,
    primary key (owner, id)
);
