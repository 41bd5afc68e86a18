-- What becomes of a caller whose agent is lost.
alter table queues add column ends_when_agent_lost boolean not null default false;
