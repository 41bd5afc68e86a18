-- The firms' customers. What tells who somebody is is sealed with the tenant's key; there is no history of it.
create table customers (
    owner text not null, id text not null, version integer not null, changed integer not null, name blob not null, body blob not null,
    primary key (owner, id)
) strict, without rowid;

-- What a search opens, beside each other.
create index customers_names on customers (owner, id, name);

-- By what they are found: a keyed hash of a number, which is one customer's only.
create table customer_numbers (
    owner text not null, number blob not null, customer text not null,
    primary key (owner, number)
) strict, without rowid;
create index customer_numbers_of on customer_numbers (owner, customer);
