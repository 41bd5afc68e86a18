using CallCenter.Api.Access;
using CallCenter.AppHost.Settings;
using CallCenter.Contracts.Configuration;
using CallCenter.Domain.Access;
using CallCenter.Domain.Tenants;

namespace CallCenter.AppHost.Running;

/// <summary>A platform without demo data needs one person who can sign in: the operator, by <c>Operator:Password</c> at the first start.</summary>
internal static class FirstOperator
{
    private const string User = "operator";

    /// <summary>Makes the account if there is no data yet and a password is set; it is never changed by a setting later.</summary>
    public static async Task Ensure(IConfigurationStore store, string? password)
    {
        if (password is null || !await store.IsEmpty()) return;
        await store.Put(new UserAccount(TenantId.Operator, User, "Operator", Role.Operator, Passwords.Hash(password)), Author.Product, expectedVersion: 0);
    }

    public static void Check(SettingsReader read, string? password)
    {
        if (password is { Length: < Passwords.Shortest or > Passwords.Longest }) read.Fault("Operator:Password", $"must have {Passwords.Shortest}–{Passwords.Longest} characters");
    }
}
