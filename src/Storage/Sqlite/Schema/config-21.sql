-- 工号 of an agent of the operator, in each firm that it serves.
alter table agents add column staff_numbers text not null default '[]';
