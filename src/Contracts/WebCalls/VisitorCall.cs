namespace CallCenter.Contracts.WebCalls;

/// <summary>A visitor of a web page who calls. Personal: never logged.</summary>
/// <param name="Call">A new one.</param>
/// <param name="Number">Canonical; one that the tenant lets visitors call.</param>
/// <param name="Sdp">The browser's offer.</param>
/// <param name="Address">By which the visitor's place is held; never stored.</param>
[GenerateSerializer, Immutable, Alias("VisitorCall")]
public sealed record VisitorCall([property: Id(0)] CallRef Call, [property: Id(1)] string Number, [property: Id(2)] string Sdp, [property: Id(3)] WebVisit Visit, [property: Id(4)] string Address);

/// <summary>What an edge says to an offer.</summary>
/// <param name="Sdp">Its answer; null if there is none.</param>
/// <param name="Why">Why there is none.</param>
[GenerateSerializer, Immutable, Alias("VisitorAnswer")]
public sealed record VisitorAnswer([property: Id(0)] string? Sdp, [property: Id(1)] VisitorRefusal? Why)
{
    public static VisitorAnswer Refused(VisitorRefusal why) => new(null, why);
}

/// <summary>Why a visitor is not served.</summary>
public enum VisitorRefusal
{
    /// <summary>The number is not the tenant's, or nothing serves it.</summary>
    NoNumber,

    /// <summary>What was offered is no description of audio that a browser makes, or nothing in it that we speak.</summary>
    BadOffer,

    /// <summary>The edge takes no new calls; another may.</summary>
    Draining,

    /// <summary>The edge has no media left; another may.</summary>
    NoMedia,

    /// <summary>Nothing can be stored.</summary>
    NotStorable,

    /// <summary>The tenant is at its limit of calls, or the call was refused otherwise.</summary>
    Busy,

    /// <summary>There is no such leg, or none any more.</summary>
    Gone,
}
