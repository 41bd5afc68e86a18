-- Voicemails that were left, by call and recording; length in ms.
create table voicemails (
    owner text not null, id text not null, call text not null, box text not null, leg text not null,
    started_at integer not null, length integer not null,
    primary key (owner, id)
) strict, without rowid;
create index voicemails_newest on voicemails (owner, started_at, id);
create index voicemails_of_box on voicemails (owner, box, started_at, id);

-- What became of them since. A table of its own: another line of the journal tells it, which may be folded first.
create table voicemail_marks (
    owner text not null, id text not null, state integer not null, agent text, changed_at integer not null, deleted integer not null,
    primary key (owner, id)
) strict, without rowid;
