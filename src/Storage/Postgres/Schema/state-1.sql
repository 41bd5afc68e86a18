-- Grain state by name; etag rises by one with each write. A grain is written type/owner/name.
create table grain_state (
    grain text collate "C" not null, name text collate "C" not null, etag bigint not null, body text,
    owner text collate "C" generated always as (split_part(grain, '/', 2)) stored,
    primary key (grain, name)
);

-- Durable reminders. Instants are UTC ticks; hash places a grain on the reminder ring.
create table reminders (
    grain text collate "C" not null, name text collate "C" not null, hash bigint not null,
    start_at bigint not null, period bigint not null, etag text not null,
    owner text collate "C" generated always as (split_part(grain, '/', 2)) stored,
    primary key (grain, name)
);
create index reminders_by_hash on reminders (hash);
