using System.Net.Mail;

namespace CallCenter.Domain.Tenants;

/// <summary>Somebody who signs in.</summary>
/// <param name="Owner">The tenant; <see cref="TenantId.Operator"/> for the operator's people.</param>
/// <param name="Id">The user name, 1–64 of a–z, 0–9 and "-".</param>
/// <param name="Email">Where a link to reset the password goes; null = nobody can ask for one.</param>
/// <param name="Disabled">Switched off: the account stays, and nobody signs in by it.</param>
/// <param name="PasswordHash">ASP.NET Core Identity's format, version 3; <see cref="NoPassword"/> for one who was imported and cannot sign in yet.</param>
[GenerateSerializer, Immutable, Alias("UserAccount")]
public sealed record UserAccount([property: Id(0)] TenantId Owner, [property: Id(1)] string Id, [property: Id(2)] string Name, [property: Id(3)] Role Role, [property: Id(4)] Secret PasswordHash, [property: Id(5)] long Version = 0, [property: Id(6)] string? Email = null, [property: Id(7)] bool Disabled = false) : ISetting
{
    private const int LongestEmail = 254; // RFC 5321 §4.5.3.1.3, less the brackets

    /// <summary>Stands where a hash would, and is none.</summary>
    public static readonly Secret NoPassword = new("none");

    public bool HasPassword => PasswordHash.Value != NoPassword.Value;

    public Items<Fault> Check() => new FaultList().Id(Owner.Value, "owner", 32).Id(Id, "id").Name(Name, "name")
        .When(!Enum.IsDefined(Role), "role", "is not a role")
        .When(Role.IsOperators() != (Owner == TenantId.Operator), "role", "operator, accountManager and operatorAgent are for the operator's people, and for them only")
        .When(string.IsNullOrEmpty(PasswordHash.Value), "password", "is missing")
        .When(Email is not null && !(Email.Length <= LongestEmail && MailAddress.TryCreate(Email, out var address) && address.Address == Email && !Email.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))), "email", "must be an e-mail address").Done();
}

/// <summary>A tenant's key for programs.</summary>
/// <param name="Id">The public half: what a list shows.</param>
/// <param name="Scopes">What it is narrowed to, such as <c>calls.read</c>; empty = all that the role may.</param>
/// <param name="SecretHash">SHA-256 of the secret half, in hexadecimal.</param>
[GenerateSerializer, Immutable, Alias("ApiKey")]
public sealed record ApiKey([property: Id(0)] TenantId Owner, [property: Id(1)] string Id, [property: Id(2)] string Name, [property: Id(3)] Role Role, [property: Id(4)] Secret SecretHash, [property: Id(5)] DateTimeOffset? Expires, [property: Id(6)] long Version = 0, [property: Id(7)] Items<string> Scopes = default) : ISetting
{
    public Items<Fault> Check() => Scopes.Where(scope => !Scope.TryParse(scope, out var demand) || !RightsTable.Meets(Role, demand))
        .Aggregate(new FaultList(), (faults, scope) => faults.When(true, "scopes", $"'{scope}' is no right of that role")).Id(Owner.Value, "owner", 32).Id(Id, "id").Name(Name, "name")
        .When(!Enum.IsDefined(Role), "role", "is not a role")
        .When(Role.IsOperators() != (Owner == TenantId.Operator), "role", "operator, accountManager and operatorAgent are for the operator's keys, and for them only")
        .Hex(SecretHash, 64, "secretHash").Done();
}
