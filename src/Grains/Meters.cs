using System.Diagnostics.Metrics;
using CallCenter.Grains.Messages;

namespace CallCenter.Grains;

/// <summary>What the grains of one silo count.</summary>
sealed class Meters : IDisposable
{
    readonly Meter meter;
    readonly Counter<long> started, ended, offers, denied, ignored, refused;

    /// <param name="name">Of the meter.</param>
    public Meters(string name)
    {
        meter = new(name);
        started = meter.CreateCounter<long>("callcenter.calls.started", "{call}", "Calls that arrived");
        ended = meter.CreateCounter<long>("callcenter.calls.ended", "{call}", "Calls that ended, by who ended them and who is to blame");
        offers = meter.CreateCounter<long>("callcenter.offers", "{offer}", "Offers to agents that ended, by how");
        denied = meter.CreateCounter<long>("callcenter.dials.denied", "{leg}", "Outbound legs that were refused, by why");
        ignored = meter.CreateCounter<long>("callcenter.events.ignored", "{event}", "Events that meant nothing in the state they met");
        refused = meter.CreateCounter<long>("callcenter.messages.refused", "{message}", "Messages that were repeated, early or stale");
    }

    public void CallStarted() => started.Add(1);

    public void CallEnded(CallEnded end) => ended.Add(1, new("by", end.By.ToString()), new("reason", end.Reason.ToString()), new("blame", end.Blame.ToString()));

    public void OfferEnded(string how) => offers.Add(1, new KeyValuePair<string, object?>("end", how));

    public void DialDenied(DialRefusal why) => denied.Add(1, new KeyValuePair<string, object?>("why", why.ToString()));

    public void Ignored(string machine, string kind) => ignored.Add(1, new("machine", machine), new("kind", kind));

    public void NotTakenIn(string machine, Intake why) => refused.Add(1, new("machine", machine), new("why", why.ToString()));

    public void Dispose() => meter.Dispose();
}
