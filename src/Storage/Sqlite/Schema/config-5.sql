-- Our account at a trunk; the password is sealed.
alter table trunks add column login_user text;
alter table trunks add column login_password text;
