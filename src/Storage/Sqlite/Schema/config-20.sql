-- 工号 of an agent; one agent's only among its owner's.
alter table agents add column staff_number text;
create index agents_staff_number on agents (owner, staff_number);

-- What plays between an agent's joining and the talk: nothing (0), the names of firm and queue (1), a prompt (2); then the staff number.
alter table queues add column whisper integer not null default 0;
alter table queues add column whisper_prompt text;
alter table queues add column announces_staff_number integer not null default 0;

-- A firm's own CRM: how it is opened with a call, and whose pages hear of what happens at the desk.
create table cti_settings (
    owner text not null, id text not null, version integer not null, json text not null,
    primary key (owner, id)
) strict, without rowid;
