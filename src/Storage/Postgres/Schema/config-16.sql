-- The firms' customers. What tells who somebody is is sealed with the tenant's key; there is no history of it.
create table customers (
    owner text collate "C" not null, id text collate "C" not null, version bigint not null, changed bigint not null, name bytea not null, body bytea not null,
    primary key (owner, id)
);

-- What a search opens, beside each other.
create index customers_names on customers (owner, id) include (name);

-- By what they are found: a keyed hash of a number, which is one customer's only.
create table customer_numbers (
    owner text collate "C" not null, number bytea not null, customer text collate "C" not null,
    primary key (owner, number)
);
create index customer_numbers_of on customer_numbers (owner, customer);
