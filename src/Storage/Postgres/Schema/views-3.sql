-- Voicemails that were left, by call and recording; length in ms.
create table voicemails (
    owner text collate "C" not null, id text collate "C" not null, call text collate "C" not null, box text collate "C" not null, leg text not null,
    started_at bigint not null, length bigint not null,
    primary key (owner, id)
);
create index voicemails_newest on voicemails (owner, started_at, id);
create index voicemails_of_box on voicemails (owner, box, started_at, id);

-- What became of them since. A table of its own: another line of the journal tells it, which may be folded first.
create table voicemail_marks (
    owner text collate "C" not null, id text collate "C" not null, state integer not null, agent text collate "C", changed_at bigint not null, deleted bigint not null,
    primary key (owner, id)
);
