-- What a conversation adds to a call's record (times, transfers, each agent's stays) and to a recording (its tracks), as JSON.
alter table calls add column conversation text;
alter table recordings add column tracks text;
-- Folded again from the journal.
delete from after_call;
delete from positions;
