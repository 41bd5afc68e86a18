using System.Diagnostics.Metrics;
using CallCenter.Grains.Messages;

namespace CallCenter.Grains;

/// <summary>What the grains count.</summary>
static class Meters
{
    /// <summary>The meter's name.</summary>
    public const string Name = "CallCenter.Grains";

    static readonly Meter Meter = new(Name);
    static readonly Counter<long> Started = Meter.CreateCounter<long>("callcenter.calls.started", "{call}", "Calls that arrived");
    static readonly Counter<long> Ended = Meter.CreateCounter<long>("callcenter.calls.ended", "{call}", "Calls that ended, by who ended them and who is to blame");
    static readonly Counter<long> Offers = Meter.CreateCounter<long>("callcenter.offers", "{offer}", "Offers to agents that ended, by how");
    static readonly Counter<long> Denied = Meter.CreateCounter<long>("callcenter.dials.denied", "{leg}", "Outbound legs that were refused, by why");
    static readonly Counter<long> IgnoredEvents = Meter.CreateCounter<long>("callcenter.events.ignored", "{event}", "Events that meant nothing in the state they met");
    static readonly Counter<long> Refused = Meter.CreateCounter<long>("callcenter.messages.refused", "{message}", "Messages that were repeated, early or stale");

    public static void CallStarted() => Started.Add(1);

    public static void CallEnded(CallEnded end) => Ended.Add(1, new("by", end.By.ToString()), new("reason", end.Reason.ToString()), new("blame", end.Blame.ToString()));

    public static void OfferEnded(string how) => Offers.Add(1, new KeyValuePair<string, object?>("end", how));

    public static void DialDenied(DialRefusal why) => Denied.Add(1, new KeyValuePair<string, object?>("why", why.ToString()));

    public static void Ignored(string machine, string kind) => IgnoredEvents.Add(1, new("machine", machine), new("kind", kind));

    public static void NotTakenIn(string machine, Intake why) => Refused.Add(1, new("machine", machine), new("why", why.ToString()));
}
