-- Where somebody is written to; what an API key is narrowed to (JSON; null = all that its role may).
alter table users add column email text;
alter table api_keys add column scopes text;

-- Who signs in whence, and who sees numbers in full.
create table access_policies (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null, json text not null,
    primary key (owner, id)
);

-- Sessions, tokens that reset a password, second factors.
create table access_records (
    owner text collate "C" not null, kind text collate "C" not null, id text collate "C" not null, account text collate "C" not null, expires bigint, version bigint not null, body text not null,
    primary key (owner, kind, id)
);
create index access_records_of on access_records (owner, kind, account);
create index access_records_expired on access_records (owner, expires);

-- Who did what, one log for each owner. What a setting was before and after stands in the history.
create table audit_log (
    number bigint generated always as identity primary key,
    owner text collate "C" not null, at bigint not null, by_owner text not null, by_user text not null, by_address text,
    action text collate "C" not null, kind text collate "C", subject_owner text collate "C", subject text collate "C", version bigint, detail text
);
create index audit_log_of on audit_log (owner, number);
select set_config('app.owner', '*', true); -- the policies show every row of the history to this transaction
insert into audit_log (owner, at, by_owner, by_user, by_address, action, kind, subject_owner, subject, version)
    select owner, at, author_owner, author_user, author_address, case when body is null then 'Removed' else 'Changed' end, kind, owner, id, version from history order by at, kind, id, version;

-- What was done stays done: nobody edits the past, not even this program.
create function past_is_not_changed() returns trigger language plpgsql as $$
begin
    raise exception 'the % is never changed', tg_table_name;
end $$;
create trigger audit_log_stays before update or delete or truncate on audit_log for each statement execute function past_is_not_changed();
create trigger history_stays before update or delete or truncate on history for each statement execute function past_is_not_changed();
