-- A tenant's numbers are found without reading the operator's whole stock.
create index numbers_of_tenant on numbers (owner, tenant, id);
