namespace CallCenter.Domain.Tenants;

/// <summary>
/// How a tenant's calls, records and boards name what is the operator's: <c>jane@operator</c>. What is the tenant's own stands there by its name alone, and none of it may
/// hold an "@": so a name means one thing wherever it is read.
/// </summary>
public static class OperatorsName
{
    private const string Mark = "@operator";

    /// <summary>How a tenant knows what some owner, itself or the operator, calls by a name.</summary>
    public static string In(TenantId tenant, TenantId owner, string name) => owner == tenant ? name : $"{name}@{owner}";

    /// <summary>Whose it is that a tenant knows by a name, and its owner's name for it.</summary>
    public static (TenantId Owner, string Name) Of(TenantId tenant, string known) =>
        Is(known) ? (TenantId.Operator, Plain(known)) : (tenant, known);

    public static bool Is(string known) => known.EndsWith(Mark, StringComparison.Ordinal);

    /// <summary>Its owner's name for it.</summary>
    public static string Plain(string known) => Is(known) ? known[..^Mark.Length] : known;
}
