using System.Net;

namespace CallCenter.Api;

/// <summary>What the api role is told by the program that hosts it.</summary>
public sealed class ApiOptions
{
    /// <summary>Signs session tokens (HMAC-SHA256); 32 bytes or more, the same in every process of the platform.</summary>
    public required ReadOnlyMemory<byte> SessionKey { get; init; }

    /// <summary>The folder with the built portal; null = none is served.</summary>
    public string? Portal { get; init; }

    /// <summary>Hosts that are the operator's own; what stands below them is the operator's to give.</summary>
    public IReadOnlyCollection<string> OperatorHosts { get; init; } = ["localhost"];

    /// <summary>How long a session lives after sign-in; a working day with overtime.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Null: no mail is sent.</summary>
    public MailOptions? Mail { get; init; }

    /// <summary>Networks that firms' identity providers may stand in besides the public Internet; loopback among them is reached without TLS too.</summary>
    public IReadOnlyCollection<IPNetwork> ProviderNetworks { get; init; } = [];

    /// <summary>The address at which browsers find a tenant's host; null = the operator's.</summary>
    public Func<string?, Uri> PublicAddress { get; init; } = host => new($"https://{host ?? "localhost"}/");
}

/// <param name="From">The sender's address.</param>
/// <param name="User">Null: no login.</param>
/// <param name="Tls">STARTTLS.</param>
public sealed record MailOptions(string Host, int Port, string From, string? User, Secret? Password, bool Tls);
