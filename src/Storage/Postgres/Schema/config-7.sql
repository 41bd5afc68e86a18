-- Whether the audio of calls to an extension is secured: 0 = off, 1 = required.
alter table extensions add column srtp integer not null default 0;
