using System.Globalization;
using System.Net;
using System.Text.Json.Serialization;

namespace CallCenter.Domain.Numbers;

/// <summary>A SIP trunk of the operator.</summary>
/// <param name="AcceptFrom">CIDR blocks whose calls are taken without registration.</param>
/// <param name="Target">host:port for outbound calls.</param>
/// <param name="Outbound">How it takes outbound calls; null = it takes none.</param>
/// <param name="Login">The account that answers its challenges; null if it knows us by our address.</param>
/// <param name="Probe">It is asked every 30 s whether it is there.</param>
[GenerateSerializer, Immutable, Alias("TrunkSettings")]
public sealed record TrunkSettings([property: Id(0)] string Id, [property: Id(1)] Items<string> AcceptFrom, [property: Id(2)] string Target, [property: Id(3)] long Version = 0, [property: Id(4)] TrunkOutbound? Outbound = null, [property: Id(5)] TrunkLogin? Login = null, [property: Id(6)] bool Probe = true) : ISetting
{
    public TenantId Owner => TenantId.Operator;

    public Items<Fault> Check()
    {
        var faults = new FaultList().Id(Id, "id").When(!IsHostPort(Target), "target", "must be host:port").When(AcceptFrom.Count > 100, "acceptFrom", "has more than 100 entries")
            .When(Outbound is { } o && !Enum.IsDefined(o.Format), "outbound.format", "is not a number format")
            .When(Outbound is { } secured && !Enum.IsDefined(secured.Srtp), "outbound.srtp", "is neither off, required nor dtls")
            .Limit(Outbound?.Channels, 1, 1_000_000, "outbound.channels").Limit(Outbound?.CallsPerMinute, 1, RecentTimes.Most, "outbound.callsPerMinute");
        if (Login is { } login) faults.Name(login.User, "user").When(string.IsNullOrEmpty(login.Password.Value), "password", "is missing");
        for (var i = 0; i < AcceptFrom.Count; i++) faults.When(!IPNetwork.TryParse(AcceptFrom[i], out _), string.Create(CultureInfo.InvariantCulture, $"acceptFrom[{i}]"), "must be a CIDR block, such as 192.0.2.0/24");
        return faults.Done();
    }

    private static bool IsHostPort(string? target)
    {
        if (target is null || target.LastIndexOf(':') is not (> 0 and var colon)) return false;
        return ushort.TryParse(target.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            && Uri.CheckHostName(target[..colon]) != UriHostNameType.Unknown;
    }
}

/// <summary>How a trunk wants numbers written.</summary>
[JsonConverter(typeof(EnumText<NumberFormat>))]
public enum NumberFormat
{
    /// <summary>As within China: 13800138000, 01065529988, 008522345678.</summary>
    National,
    /// <summary>With + and the country code; short numbers stay as they are (ITU-T E.164 §6).</summary>
    E164,
    /// <summary>The digits that were dialled, without the prefix for an outside line.</summary>
    AsDialled,
}

/// <summary>How a trunk takes outbound calls.</summary>
/// <param name="Channels">Outbound calls at the same time, of all tenants together; null = no limit.</param>
/// <param name="CallsPerMinute">New outbound calls in any 60 s, of all tenants together; null = no limit.</param>
/// <param name="Srtp">Whether its audio is secured.</param>
[GenerateSerializer, Immutable, Alias("TrunkOutbound")]
public sealed record TrunkOutbound([property: Id(0)] NumberFormat Format, [property: Id(1)] int? Channels = null, [property: Id(2)] int? CallsPerMinute = null, [property: Id(3)] SrtpUse Srtp = SrtpUse.Off);

/// <summary>Our account at a trunk.</summary>
/// <param name="User">1–100 characters, no control characters; the trunk's own choice.</param>
/// <param name="Password">Sealed with the operator's key: the realm is the trunk's, so that no hash of it could be made beforehand.</param>
[GenerateSerializer, Immutable, Alias("TrunkLogin")]
public sealed record TrunkLogin([property: Id(0)] string User, [property: Id(1)] Secret Password);
