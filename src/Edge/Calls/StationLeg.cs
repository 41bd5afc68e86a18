using System.Net;
using CallCenter.Media;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transport;
using Binding = CallCenter.Contracts.Agents.Binding;

namespace CallCenter.Edge.Calls;

/// <summary>A leg by which an agent's station is called. Lives on the loop.</summary>
sealed class StationLeg(EdgeCore edge, EdgeCall call, RingStation wish) : SipLeg(edge, call, wish.Leg)
{
    /// <summary>A phone that has not said so much as "Trying" to four INVITEs is not there: "unreachable" is not "no answer".</summary>
    static readonly TimeSpan SilenceAllowed = TimeSpan.FromSeconds(4);

    Sip.Dialogs.Call? session;
    LoopTimer? silence, ringing;
    bool heard, alerting, hungUp;

    public async Task Ring()
    {
        try
        {
            var domain = Edge.Directory.DomainOf(Call.Name.Tenant); // both at once: each answer wakes the loop
            var found = await Edge.Grains.Station(Call.Name.Tenant, wish.Station).Registrations();
            var realm = await domain;
            if (hungUp) Over(LegFailure.Withdrawn, 487);
            else if (realm is null || Best(found) is not { } binding || !SipUri.TryParse(binding.Contact, out var target) || !IPEndPoint.TryParse(binding.Source, out var source)) Over(LegFailure.Unreachable, 480);
            else if (Call.TryOpenMedia(this, out var media, out var refusal)) Invite(binding, target, source, realm, media);
            else
            {
                Edge.Log.NoMedia(refusal, 503);
                Over(LegFailure.PlatformFault, 503);
            }
        }
        catch (Exception fault) // the station's grain cannot be read: the offer fails, the call goes on
        {
            Edge.Log.RequestFailed(fault);
            Over(LegFailure.PlatformFault, 500);
        }
    }

    /// <summary>The contact with the highest q, of these the one registered last (RFC 3261 §10.2.1.2).</summary>
    Binding? Best(Registrations registrations)
    {
        Binding? best = null;
        foreach (var binding in registrations.Bindings)
            if (binding.Expires > Edge.Now && (best is null || binding.Q > best.Q || (binding.Q == best.Q && binding.Expires > best.Expires))) best = binding;
        return best;
    }

    void Invite(Binding binding, SipUri target, IPEndPoint source, string realm, MediaLeg media)
    {
        Media = media;
        Audio = new(media, Edge.NextSessionId());
        var flow = FlowChoice.For(target, Edge.FlowTo(binding, source));
        var number = Call.CallerNumber;
        var from = number.Length > 0
            ? AddressText.NameAddr(Call.CallerName ?? "", AddressText.Uri(number, realm))
            : AddressText.NameAddr("Anonymous", AddressText.Uri("anonymous", "anonymous.invalid")); // RFC 3323 §4.1.1.3
        var to = AddressText.NameAddr("", AddressText.Uri(wish.Station, realm));
        session = Edge.Agent.Invite(new(binding.Contact, from, to, flow, Audio.Offer()), this);
        if (session.IsEnded) return; // refused by the kernel at once, and told already
        silence = Edge.Loop.Schedule(SilenceAllowed, OnSilence);
        ringing = Edge.Loop.Schedule(Positive(wish.Until - Edge.Now), OnRungOut);
    }

    static TimeSpan Positive(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;

    void OnSilence()
    {
        if (!heard && session is { IsAnswered: false, IsEnded: false }) GiveUp(LegFailure.Unreachable, 408);
    }

    void OnRungOut()
    {
        if (session is { IsAnswered: false, IsEnded: false }) GiveUp(heard ? LegFailure.NoAnswer : LegFailure.Unreachable, 408);
    }

    /// <summary>The call hears at once; what the phone still says to the CANCEL concerns nobody.</summary>
    void GiveUp(LegFailure why, int status)
    {
        Over(why, status);
        session!.HangUp();
    }

    public override void OnProgress(Sip.Dialogs.Call of, SipResponse response)
    {
        heard = true;
        if (alerting || response.Status is not (180 or 183)) return;
        alerting = true;
        Call.Link.Tell(new Alerting(Edge.Now, Id));
    }

    public override void OnAnswered(Sip.Dialogs.Call of, SipResponse response)
    {
        StopTimers();
        if (TrySettle(response.Body.Span)) Call.Link.Tell(new PickedUp(Edge.Now, Id));
        else GiveUp(LegFailure.Unreachable, 488);
    }

    public override void HangUp()
    {
        hungUp = true;
        if (session is null) return; // still looking for the phone: Ring sees it
        session.HangUp(ReasonHeader.Of(16));
    }

    public override void OnEnded(Sip.Dialogs.Call of, CallEnd end)
    {
        StopTimers();
        if (of.IsAnswered) Call.Remove(this, Told(Edge.Now, Id, end));
        else Over(Failure(end), end.Status);
    }

    void Over(LegFailure why, int status)
    {
        StopTimers();
        Call.Remove(this, new NotPickedUp(Edge.Now, Id, why, status));
    }

    void StopTimers()
    {
        if (silence is not null) Edge.Loop.Stop(silence);
        if (ringing is not null) Edge.Loop.Stop(ringing);
    }

    /// <summary>Status → cause (RFC 3261 §21): what a person did, what the phone said, and what never arrived are kept apart.</summary>
    static LegFailure Failure(CallEnd end) => end.Kind switch
    {
        CallEndKind.Cancelled or CallEndKind.HungUp => LegFailure.Withdrawn,
        CallEndKind.Lost or CallEndKind.Unreachable or CallEndKind.Broken => LegFailure.Unreachable,
        _ => end.Status switch
        {
            486 or 600 => LegFailure.Busy,
            408 or 480 => LegFailure.NoAnswer,
            404 or 410 or 488 or 606 or (>= 500 and < 600) => LegFailure.Unreachable,
            _ => LegFailure.Rejected,
        },
    };
}
