-- Grain state by name; etag rises by one with each write.
create table grain_state (
    grain text not null, name text not null, etag integer not null, body text,
    primary key (grain, name)
) strict, without rowid;

-- Durable reminders. Instants are UTC ticks; hash places a grain on the reminder ring.
create table reminders (
    grain text not null, name text not null, hash integer not null,
    start_at integer not null, period integer not null, etag text not null,
    primary key (grain, name)
) strict, without rowid;
create index reminders_by_hash on reminders (hash);
