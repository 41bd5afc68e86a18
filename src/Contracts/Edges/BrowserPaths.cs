using Orleans.Concurrency;

namespace CallCenter.Contracts.Edges;

/// <summary>
/// The media paths of browsers: one a station, kept between calls. They are asked for by the API straight at the edge, which asks the station's grain
/// whose the path is; interleaved, since an order to a call must not wait for that.
/// </summary>
public partial interface IEdgeObserver
{
    /// <summary>A browser wants to be the station's, with its offer of audio. Another browser that was is shown out; a call in talk goes on.</summary>
    [Alias("OpenPath"), AlwaysInterleave] Task<PathAnswer> OpenPath(PathWish wish);

    /// <summary>The same browser offers anew: its network changed.</summary>
    [Alias("RestartPath"), AlwaysInterleave] Task<PathAnswer> RestartPath(PathName path, string sdp);

    /// <summary>The browser hears itself, or no more.</summary>
    [Alias("EchoPath"), AlwaysInterleave] Task<PathRefusal> EchoPath(PathName path, bool on);

    /// <summary>The browser leaves in good order.</summary>
    [Alias("ClosePath"), AlwaysInterleave] Task<PathRefusal> ClosePath(PathName path);
}

/// <param name="Connection">Of the browser that has it: names one offer that was accepted.</param>
[GenerateSerializer, Immutable, Alias("PathName")]
public sealed record PathName([property: Id(0)] TenantId Tenant, [property: Id(1)] string Extension, [property: Id(2)] string Connection);

/// <param name="Client">Names one tab of one browser, by its own word.</param>
/// <param name="Sdp">Its offer.</param>
/// <param name="Take">Also from another client.</param>
[GenerateSerializer, Immutable, Alias("PathWish")]
public sealed record PathWish([property: Id(0)] TenantId Tenant, [property: Id(1)] string Extension, [property: Id(2)] string Client, [property: Id(3)] string Sdp, [property: Id(4)] bool Take)
{
    public override string ToString() => $"{Extension} {Client}"; // never the offer: it tells addresses
}

/// <summary>Why a path is not to be had.</summary>
public enum PathRefusal
{
    None,

    /// <summary>There is no such path, or another connection has it.</summary>
    Gone,

    /// <summary>Another client has it, and is not to be shown out.</summary>
    Taken,

    /// <summary>The station is a SIP phone.</summary>
    NotABrowser,

    /// <summary>The offer is none, or of nothing that the edge speaks.</summary>
    BadOffer,

    /// <summary>It is in a call.</summary>
    InCall,

    /// <summary>The edge has no port to give, or does not speak DTLS.</summary>
    NoMedia,
}

/// <param name="Connection">What the edge named it; null with a refusal.</param>
/// <param name="Sdp">The answer to the browser's offer.</param>
/// <param name="Since">With <see cref="PathRefusal.Taken"/>: since when another has it.</param>
[GenerateSerializer, Immutable, Alias("PathAnswer")]
public sealed record PathAnswer([property: Id(0)] PathRefusal Refusal, [property: Id(1)] string? Connection = null, [property: Id(2)] string? Sdp = null, [property: Id(3)] DateTimeOffset? Since = null)
{
    public override string ToString() => Refusal.ToString();
}
