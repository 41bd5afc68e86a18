-- Folded from the journal; may be thrown away. Instants are unix ms, times ms. No number of a person stands here.
create table calls (
    owner text collate "C" not null, id text collate "C" not null,
    direction text not null, called text collate "C", home_area text, queue text collate "C", agents text not null,
    started_at bigint not null, connected_at bigint, answered_at bigint, ended_at bigint,
    ended_by integer, end_reason integer, blame integer,
    t_ivr bigint not null, t_acd bigint not null, t_talk bigint not null, t_held bigint not null,
    recordings text not null,
    primary key (owner, id)
);
create index calls_newest on calls (owner, started_at, id);
create index calls_of_queue on calls (owner, queue, started_at, id);
create index calls_to_number on calls (owner, called, started_at, id);

-- Which agents spoke in a call.
create table call_agents (
    owner text collate "C" not null, agent text collate "C" not null, started_at bigint not null, call text collate "C" not null,
    primary key (owner, agent, started_at, call)
);

-- After-call work by call and agent; ended_at null = under way.
create table after_call (
    owner text collate "C" not null, call text collate "C" not null, agent_owner text collate "C" not null, agent text collate "C" not null, epoch bigint not null,
    since bigint not null, ended_at bigint,
    primary key (owner, call, agent_owner, agent, epoch)
);
create index after_call_open on after_call (agent_owner, agent) where ended_at is null;

create table recordings (
    owner text collate "C" not null, id text collate "C" not null, call text collate "C" not null,
    left_leg text not null, right_leg text not null, started_at bigint not null, stopped_at bigint,
    primary key (owner, id)
);
create index recordings_newest on recordings (owner, started_at, id);

-- How far each writer's line is folded; written in the same transaction as what was folded.
create table positions (
    writer integer primary key,
    position bigint not null
);
