-- What binds the entries of an owner's audit log to each other: place 1, 2, 3 … and a hash over the link before, the entry and what the history keeps of it.
create table audit_links (
    owner text not null, entry integer not null, place integer not null, hash blob not null,
    primary key (owner, entry)
) strict, without rowid;
create trigger audit_links_are_not_changed before update on audit_links begin select raise(abort, 'the audit log is never changed'); end;
create trigger audit_links_are_not_removed before delete on audit_links begin select raise(abort, 'the audit log is never changed'); end;

-- The last link of each chain, by which it is seen that the newest entries are gone.
create table audit_heads (
    owner text not null, entry integer not null, place integer not null, hash blob not null,
    primary key (owner)
) strict, without rowid;
create trigger audit_heads_only_go_on before update on audit_heads when new.owner <> old.owner or new.place <= old.place begin select raise(abort, 'the audit log is never changed'); end;
create trigger audit_heads_are_not_removed before delete on audit_heads begin select raise(abort, 'the audit log is never changed'); end;
