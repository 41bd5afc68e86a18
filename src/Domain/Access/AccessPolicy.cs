using System.Globalization;
using System.Net;

namespace CallCenter.Domain.Access;

/// <summary>Who signs in whence and how, and who sees numbers in full; an owner has one.</summary>
/// <param name="SeesNumbers">Roles that are shown customers' numbers unmasked; all others reveal them one by one, with a reason, if they have the right to.</param>
/// <param name="SignIn">What is demanded of a role; at most one each. A role without is free.</param>
[GenerateSerializer, Immutable, Alias("AccessPolicy")]
public sealed record AccessPolicy([property: Id(0)] TenantId Owner, [property: Id(1)] Items<Role> SeesNumbers, [property: Id(2)] Items<SignInPolicy> SignIn, [property: Id(3)] long Version = 0) : ISetting
{
    public const string OnlyId = "access";

    public string Id => OnlyId;

    /// <summary>Before anybody chose: who leads the firm or the day sees numbers, as do programs of these roles; nobody else does.</summary>
    public static AccessPolicy Default(TenantId owner) => new(owner, [Role.TenantAdmin, Role.DutyManager], []);

    /// <summary>What is demanded of a role; null if nothing is.</summary>
    public SignInPolicy? For(Role role)
    {
        foreach (var policy in SignIn)
            if (policy.Role == role) return policy;
        return null;
    }

    public Items<Fault> Check()
    {
        var faults = new FaultList().Id(Owner.Value, "owner", 32)
            .When(SeesNumbers.Any(role => !Enum.IsDefined(role)), "seesNumbers", "holds what is not a role")
            .When(SignIn.Select(policy => policy.Role).Distinct().Count() != SignIn.Count, "signIn", "has two policies for one role");
        for (var i = 0; i < SignIn.Count; i++)
            for (var j = 0; j < SignIn[i].AllowedFrom.Count; j++)
                faults.When(!IPNetwork.TryParse(SignIn[i].AllowedFrom[j], out _), string.Create(CultureInfo.InvariantCulture, $"signIn[{i}].allowedFrom[{j}]"), "must be a CIDR block, such as 192.0.2.0/24");
        return faults.Done();
    }
}

/// <param name="AllowedFrom">CIDR blocks; from any other address the role is not served. Empty = from everywhere.</param>
/// <param name="OneSession">Who signs in anew ends the own sessions of before.</param>
/// <param name="SecondFactor">Without one, an account of the role can do nothing but enrol one.</param>
[GenerateSerializer, Immutable, Alias("SignInPolicy")]
public sealed record SignInPolicy([property: Id(0)] Role Role, [property: Id(1)] Items<string> AllowedFrom, [property: Id(2)] bool OneSession, [property: Id(3)] bool SecondFactor)
{
    public bool Allows(IPAddress? address)
    {
        if (AllowedFrom.IsEmpty) return true;
        if (address is null) return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return AllowedFrom.Any(block => IPNetwork.TryParse(block, out var network) && network.Contains(plain));
    }
}
