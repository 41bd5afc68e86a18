namespace CallCenter.Gateway;

/// <summary>What the gateway role is told by the program that hosts it.</summary>
public sealed class GatewayOptions
{
    /// <summary>Where the api role listens; loopback when both run in one process.</summary>
    public required Uri Api { get; init; }

    /// <summary>The api serves the portal's pages too; else the front page is a plain one of our own.</summary>
    public bool Portal { get; init; }

    /// <summary>Hosts that are the operator's own, beside loopback addresses.</summary>
    public IReadOnlyCollection<string> OperatorHosts { get; init; } = [];

    /// <summary>Where TLS is spoken, if who comes without it is to be sent there; null = nobody is.</summary>
    public int? HttpsPort { get; init; }

    /// <summary>Requests a second of one address, in the long run (ten seconds' worth at once); 0 = no limit. A whole office may share one.</summary>
    public int RequestsPerAddress { get; init; } = 500;

    /// <summary>The same for all that comes to one tenant's hosts.</summary>
    public int RequestsPerTenant { get; init; } = 2_000;

    /// <summary>How many wrong sign-ins an address may have within <see cref="FailureWindow"/>. Many people share an office's address, so it is well above one person's slips.</summary>
    public int FailuresPerAddress { get; init; } = 100;

    public TimeSpan FailureWindow { get; init; } = TimeSpan.FromMinutes(5);
}
