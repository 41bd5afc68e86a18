-- What becomes of a caller whose agent is lost.
alter table queues add column ends_when_agent_lost integer not null default 0;
