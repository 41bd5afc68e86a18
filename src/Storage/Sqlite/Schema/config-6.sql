-- A tenant's numbers are found without reading the operator's whole stock. With all columns: without a row id the planner would
-- rather go through the primary key than look each row up.
create index numbers_of_tenant on numbers (owner, tenant, id, version, display, flow, may_call_out);
