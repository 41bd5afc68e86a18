-- What binds the entries of an owner's audit log to each other: place 1, 2, 3 … and a hash over the link before, the entry and what the history keeps of it.
create table audit_links (
    owner text collate "C" not null, entry bigint not null, place bigint not null, hash bytea not null,
    primary key (owner, entry)
);
create trigger audit_links_stay before update or delete or truncate on audit_links for each statement execute function past_is_not_changed();

-- The last link of each chain, by which it is seen that the newest entries are gone.
create table audit_heads (
    owner text collate "C" not null, entry bigint not null, place bigint not null, hash bytea not null,
    primary key (owner)
);
create function head_only_goes_on() returns trigger language plpgsql as $$
begin
    if new.owner <> old.owner or new.place <= old.place then
        raise exception 'the audit log is never changed';
    end if;
    return new;
end $$;
create trigger audit_heads_only_go_on before update on audit_heads for each row execute function head_only_goes_on();
create trigger audit_heads_stay before delete or truncate on audit_heads for each statement execute function past_is_not_changed();
