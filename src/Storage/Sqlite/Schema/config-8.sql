-- Where somebody is written to; what an API key is narrowed to (JSON; null = all that its role may).
alter table users add column email text;
alter table api_keys add column scopes text;

-- Who signs in whence, and who sees numbers in full.
create table access_policies (
    owner text not null, id text not null, version integer not null, json text not null,
    primary key (owner, id)
) strict, without rowid;

-- Sessions, tokens that reset a password, second factors.
create table access_records (
    owner text not null, kind text not null, id text not null, account text not null, expires integer, version integer not null, body text not null,
    primary key (owner, kind, id)
) strict, without rowid;
create index access_records_of on access_records (owner, kind, account);
create index access_records_expired on access_records (owner, expires);

-- Who did what, one log for each owner. What a setting was before and after stands in the history.
create table audit_log (
    number integer primary key autoincrement,
    owner text not null, at integer not null, by_owner text not null, by_user text not null, by_address text,
    action text not null, kind text, subject_owner text, subject text, version integer, detail text
) strict;
create index audit_log_of on audit_log (owner, number);
insert into audit_log (owner, at, by_owner, by_user, by_address, action, kind, subject_owner, subject, version)
    select owner, at, author_owner, author_user, author_address, case when body is null then 'Removed' else 'Changed' end, kind, owner, id, version from history order by at, kind, id, version;

-- What was done stays done: nobody edits the past, not even this program.
create trigger audit_log_is_not_changed before update on audit_log begin select raise(abort, 'the audit log is never changed'); end;
create trigger audit_log_is_not_removed before delete on audit_log begin select raise(abort, 'the audit log is never changed'); end;
create trigger history_is_not_changed before update on history begin select raise(abort, 'the history is never changed'); end;
create trigger history_is_not_removed before delete on history begin select raise(abort, 'the history is never changed'); end;
