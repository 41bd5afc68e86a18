using Orleans.Concurrency;

namespace CallCenter.Contracts.Agents;

/// <summary>A SIP extension: its credentials, and where it is registered. Key: tenant/extension.</summary>
[Alias("IStationGrain")]
public interface IStationGrain : IGrainWithStringKey
{
    /// <summary>Null if the tenant has no such extension. Not for logs: holds the digest hashes.</summary>
    [Alias("Credentials"), ReadOnly] Task<ExtensionSettings?> Credentials();

    [Alias("Registrations"), ReadOnly] Task<Registrations> Registrations();

    /// <summary>Replaces the registrations if nobody was faster; false: read again. Returns once they are stored.</summary>
    [Alias("Save")] Task<bool> Save(Registrations registrations);

    [Alias("Refresh")] Task Refresh();
}

/// <summary>All bindings of one address of record (RFC 3261 §10).</summary>
/// <param name="Version">Of the whole set, for optimistic writing.</param>
/// <param name="Srtp">Whether calls there are secured: as the extension's settings have it when asked, whatever was saved.</param>
[GenerateSerializer, Immutable, Alias("Registrations")]
public sealed record Registrations([property: Id(0)] long Version, [property: Id(1)] Items<Binding> Bindings, [property: Id(2)] SrtpUse Srtp = SrtpUse.Off);

/// <summary>One contact of a registered phone.</summary>
/// <param name="Contact">The Contact URI as sent.</param>
/// <param name="Source">Address and port its REGISTER came from.</param>
/// <param name="Transport">By which it came, as Via names it.</param>
/// <param name="Edge">The edge that received it, which also calls it.</param>
[GenerateSerializer, Immutable, Alias("Binding")]
public sealed record Binding([property: Id(0)] string Contact, [property: Id(1)] string Source, [property: Id(2)] EdgeId Edge, [property: Id(3)] string CallId, [property: Id(4)] uint CSeq, [property: Id(5)] DateTimeOffset Expires, [property: Id(6)] float Q, [property: Id(7)] string UserAgent, [property: Id(8)] string Transport = "UDP");
