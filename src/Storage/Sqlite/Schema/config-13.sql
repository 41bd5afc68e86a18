-- How an agent serves its queues (JSON: priority and delay where they are not the usual ones), and what it is good at.
alter table agents add column profiles text not null default '[]';
alter table agents add column skills text not null default '[]';
-- What a queue asks of its agents.
alter table queues add column skills text not null default '[]';
