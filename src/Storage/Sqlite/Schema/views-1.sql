-- Folded from the journal; may be thrown away. Instants are unix ms, times ms. No number of a person stands here.
create table calls (
    owner text not null, id text not null,
    direction text not null, called text, home_area text, queue text, agents text not null,
    started_at integer not null, connected_at integer, answered_at integer, ended_at integer,
    ended_by integer, end_reason integer, blame integer,
    t_ivr integer not null, t_acd integer not null, t_talk integer not null, t_held integer not null,
    recordings text not null,
    primary key (owner, id)
) strict, without rowid;
create index calls_newest on calls (owner, started_at, id);
create index calls_of_queue on calls (owner, queue, started_at, id);
create index calls_to_number on calls (owner, called, started_at, id);

-- Which agents spoke in a call.
create table call_agents (
    owner text not null, agent text not null, started_at integer not null, call text not null,
    primary key (owner, agent, started_at, call)
) strict, without rowid;

-- After-call work by call and agent; ended_at null = under way.
create table after_call (
    owner text not null, call text not null, agent_owner text not null, agent text not null, epoch integer not null,
    since integer not null, ended_at integer,
    primary key (owner, call, agent_owner, agent, epoch)
) strict, without rowid;
create index after_call_open on after_call (agent_owner, agent) where ended_at is null;

create table recordings (
    owner text not null, id text not null, call text not null,
    left_leg text not null, right_leg text not null, started_at integer not null, stopped_at integer,
    primary key (owner, id)
) strict, without rowid;
create index recordings_newest on recordings (owner, started_at, id);

-- How far each writer's line is folded; written in the same transaction as what was folded.
create table positions (
    writer integer primary key,
    position integer not null
) strict;
