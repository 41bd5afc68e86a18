using Orleans.Concurrency;

namespace CallCenter.Contracts.Agents;

/// <summary>A SIP extension: its credentials, and where it is registered. Key: tenant/extension.</summary>
[Alias("IStationGrain")]
public interface IStationGrain : IGrainWithStringKey
{
    /// <summary>Null if the tenant has no such extension, or nobody may be its agent. Not for logs: holds the digest hashes.</summary>
    /// <param name="emergency">Of a phone whose agent nobody may be too: it may call for help.</param>
    [Alias("Credentials"), ReadOnly] Task<ExtensionSettings?> Credentials(bool emergency);

    [Alias("Registrations"), ReadOnly] Task<Registrations> Registrations();

    /// <summary>Replaces the registrations if nobody was faster; false: read again. Returns once they are stored.</summary>
    [Alias("Save")] Task<bool> Save(Registrations registrations);

    [Alias("Refresh")] Task Refresh();

    /// <summary>What the station is, and which browser is connected.</summary>
    [Alias("Look"), ReadOnly] Task<StationView> Look();

    /// <summary>The edge where the browser has its media, so that its call goes on; without one, where there is least to do. Null: no edge is there.</summary>
    [Alias("Edge")] Task<IEdgeObserver?> Edge();

    /// <summary>Chooses what the station is from now on; null if it is done, else why not. Whatever was connected as the other kind rings no more.</summary>
    [Alias("Choose")] Task<Refusal?> Choose(StationKind kind);

    /// <summary>The station is an outside number from now on; whether it may be was asked before.</summary>
    /// <param name="number">Canonical, sealed with the owner's key.</param>
    [Alias("ChooseNumber")] Task<Refusal?> ChooseNumber(Secret number);

    /// <summary>An edge asks for a browser that wants to be the station.</summary>
    [Alias("Connect")] Task<BrowserGrant> Connect(Browser browser, bool take);

    /// <summary>An edge hears the browser, or does not any more: how long it is waited for then. Of another connection than the present one it means nothing.</summary>
    [Alias("Hear")] Task<TimeSpan> Hear(string connection, bool heard);

    /// <summary>That connection is over.</summary>
    [Alias("Disconnect")] Task Disconnect(string connection);
}

/// <summary>A browser that is an agent's station.</summary>
/// <param name="Edge">Where its media path ends.</param>
/// <param name="EdgeEpoch">At which start of that edge.</param>
/// <param name="Connection">Names it.</param>
/// <param name="Client">The tab that has it.</param>
[GenerateSerializer, Immutable, Alias("Browser")]
public sealed record Browser([property: Id(0)] EdgeId Edge, [property: Id(1)] long EdgeEpoch, [property: Id(2)] string Connection, [property: Id(3)] string Client, [property: Id(4)] DateTimeOffset Since);

/// <summary>Whether a browser may be the station.</summary>
/// <param name="Number">Rises with each grant: a later one wins.</param>
/// <param name="Grace">How long a browser that is not heard is waited for.</param>
/// <param name="Since">With a refusal because another has it: since when.</param>
[GenerateSerializer, Immutable, Alias("BrowserGrant")]
public sealed record BrowserGrant([property: Id(0)] PathRefusal Refusal, [property: Id(1)] long Number, [property: Id(2)] TimeSpan Grace, [property: Id(3)] DateTimeOffset? Since);

/// <param name="Connected">A browser has it and is heard; or a phone is registered; or it is an outside number.</param>
/// <param name="Browser">Which browser has it, heard or not; null if none does.</param>
/// <param name="Since">When it became so; null if it never was anything else.</param>
/// <param name="Number">The outside number, canonical, sealed with the owner's key; null of every other kind.</param>
[GenerateSerializer, Immutable, Alias("StationView")]
public sealed record StationView([property: Id(0)] StationKind Kind, [property: Id(1)] bool Connected, [property: Id(2)] Browser? Browser, [property: Id(3)] DateTimeOffset? Since, [property: Id(4)] Secret? Number = null);

/// <summary>All bindings of one address of record (RFC 3261 §10).</summary>
/// <param name="Version">Of the whole set, for optimistic writing.</param>
/// <param name="Srtp">Whether calls there are secured: as the extension's settings have it when asked, whatever was saved.</param>
/// <param name="Kind">What rings: of a browser or an outside number no phone does. As it is when asked, whatever was saved.</param>
/// <param name="Browser">The browser that rings; null if none is connected.</param>
[GenerateSerializer, Immutable, Alias("Registrations")]
public sealed record Registrations([property: Id(0)] long Version, [property: Id(1)] Items<Binding> Bindings, [property: Id(2)] SrtpUse Srtp = SrtpUse.Off, [property: Id(3)] StationKind Kind = StationKind.Phone, [property: Id(4)] Browser? Browser = null);

/// <summary>One contact of a registered phone.</summary>
/// <param name="Contact">The Contact URI as sent.</param>
/// <param name="Source">Address and port its REGISTER came from.</param>
/// <param name="Transport">By which it came, as Via names it.</param>
/// <param name="Edge">The edge that received it, which also calls it.</param>
[GenerateSerializer, Immutable, Alias("Binding")]
public sealed record Binding([property: Id(0)] string Contact, [property: Id(1)] string Source, [property: Id(2)] EdgeId Edge, [property: Id(3)] string CallId, [property: Id(4)] uint CSeq, [property: Id(5)] DateTimeOffset Expires, [property: Id(6)] float Q, [property: Id(7)] string UserAgent, [property: Id(8)] string Transport = "UDP");
