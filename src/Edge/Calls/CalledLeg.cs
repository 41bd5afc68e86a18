using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transport;

namespace CallCenter.Edge.Calls;

/// <summary>A leg that we call: it rings until it is picked up, refused or given up, which is told once. Lives on the loop.</summary>
/// <param name="until">Give up then.</param>
abstract class CalledLeg(EdgeCore edge, EdgeCall call, LegId id, string? station, DateTimeOffset until) : SipLeg(edge, call, id, station)
{
    /// <summary>Who has not said so much as "Trying" to four INVITEs is not there: "unreachable" is not "no answer".</summary>
    static readonly TimeSpan SilenceAllowed = TimeSpan.FromSeconds(4);

    /// <summary>From where nobody is to be shown (RFC 3323 §4.1.1.3).</summary>
    protected static readonly string Anonymous = AddressText.NameAddr("Anonymous", AddressText.Uri("anonymous", "anonymous.invalid"));

    LoopTimer? silence, ringing;
    bool heard, alerting, hungUp;

    /// <summary>Whom to call and as whom, without the offer; null where nobody is there to be called.</summary>
    protected abstract Task<CallSetup?> Find();

    /// <summary>Whether a person or a machine answers shall be told.</summary>
    protected virtual bool JudgesAnswer => false;

    /// <summary>Whether its audio is secured; known once somebody is found.</summary>
    protected SrtpUse Srtp { get; set; }

    /// <summary>The status that stands for having found nobody.</summary>
    protected virtual int NotFound => 480;

    public override async Task Ring()
    {
        try
        {
            var setup = await Find();
            if (hungUp) Over(LegFailure.Withdrawn, 487);
            else if (setup is null) Over(LegFailure.Unreachable, NotFound);
            else
            {
                ringing = Edge.Loop.Schedule(Positive(until - Edge.Now), OnRungOut);
                OnFound(setup);
            }
        }
        catch (Exception fault) // a grain that cannot be read: this leg fails, the call goes on
        {
            Edge.Log.RequestFailed(fault);
            Over(LegFailure.PlatformFault, 500);
        }
    }

    /// <summary>Somebody is there to be called.</summary>
    protected virtual void OnFound(CallSetup setup) => Invite(setup);

    protected void Invite(CallSetup setup)
    {
        if (!TryOpenMedia(Edge.NextSessionId(), Srtp))
        {
            Over(LegFailure.PlatformFault, 503);
            return;
        }
        Media!.BeSilentUntilSpokenTo(); // who calls hears something at once; who is called, what is said
        Session = Edge.Agent.Invite(setup with { Body = Audio!.Offer() }, this);
        if (Session.IsEnded) return; // refused by the kernel at once, and told already
        OnCalled();
        silence = Edge.Loop.Schedule(SilenceAllowed, OnSilent);
    }

    protected virtual void OnCalled() { }

    static TimeSpan Positive(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;

    void OnSilent()
    {
        if (!heard && Session is { IsAnswered: false, IsEnded: false }) GiveUp(LegFailure.Unreachable, 408);
    }

    void OnRungOut()
    {
        if (Session is null) Over(LegFailure.NoAnswer, 408); // it rang otherwise than by an INVITE
        else if (Session is { IsAnswered: false, IsEnded: false }) GiveUp(heard ? LegFailure.NoAnswer : LegFailure.Unreachable, 408);
    }

    /// <summary>The call hears at once; what the far end still says to the CANCEL concerns nobody.</summary>
    void GiveUp(LegFailure why, int status)
    {
        Over(why, status);
        Session!.HangUp();
    }

    public override void OnProgress(Sip.Dialogs.Call of, SipResponse response)
    {
        heard = true;
        if (response.Status is 180 or 183) Alerts();
    }

    /// <summary>Somebody hears it ring: told once.</summary>
    protected void Alerts()
    {
        if (alerting) return;
        alerting = true;
        Call.Link.Tell(new Alerting(Edge.Now, Id));
    }

    public override void OnAnswered(Sip.Dialogs.Call of, SipResponse response)
    {
        StopTimers();
        if (TryAccept(response.Body.Span) is not { } settled)
        {
            GiveUp(LegFailure.Unreachable, 488);
            return;
        }
        Call.Link.Tell(new PickedUp(Edge.Now, Id));
        Settle(settled);
        if (JudgesAnswer) Media!.JudgeAnswer();
    }

    public override void HangUp()
    {
        hungUp = true;
        Session?.HangUp(ReasonHeader.Of(16)); // where there is none yet, Ring sees it
    }

    protected override void OnOver(Sip.Dialogs.Call of, CallEnd end)
    {
        StopTimers();
        if (of.IsAnswered) base.OnOver(of, end);
        else Over(LegFailures.Of(end, out var q850), end.Status, q850);
    }

    protected void Over(LegFailure why, int status, int q850 = 0)
    {
        StopTimers();
        Call.Remove(this, new NotPickedUp(Edge.Now, Id, why, status, q850));
    }

    void StopTimers()
    {
        if (silence is not null) Edge.Loop.Stop(silence);
        if (ringing is not null) Edge.Loop.Stop(ringing);
    }
}

/// <summary>Why a called leg was not picked up: what a person did, what the far end said, and what never arrived are kept apart.</summary>
static class LegFailures
{
    /// <param name="q850">The cause that the far end named; 0 = none.</param>
    public static LegFailure Of(CallEnd end, out int q850)
    {
        q850 = end.Message is { } message ? ReasonHeader.Q850(message) : 0;
        return end.Kind switch
        {
            CallEndKind.Cancelled or CallEndKind.HungUp => LegFailure.Withdrawn,
            CallEndKind.Lost or CallEndKind.Unreachable or CallEndKind.Broken => LegFailure.Unreachable,
            _ => OfCause(q850) ?? OfStatus(end.Status),
        };
    }

    /// <summary>A telephone network's own word, where a gateway passes it on (Q.850 §2.2.5); null where it says no more than the status.</summary>
    static LegFailure? OfCause(int q850) => q850 switch
    {
        17 => LegFailure.Busy,
        18 or 19 => LegFailure.NoAnswer,
        21 => LegFailure.Rejected,
        1 or 28 => LegFailure.Unreachable, // no such number, incomplete
        _ => ReasonHeader.IsNetworkCause(q850) ? LegFailure.Unreachable : null,
    };

    /// <summary>RFC 3261 §21. Whoever asks who we are and does not like the answer has asked nobody to pick up.</summary>
    static LegFailure OfStatus(int status) => status switch
    {
        401 or 407 => LegFailure.Unreachable,
        486 or 600 => LegFailure.Busy,
        408 or 480 => LegFailure.NoAnswer,
        404 or 410 or 484 or 488 or 604 or 606 or (>= 500 and < 600) => LegFailure.Unreachable,
        _ => LegFailure.Rejected,
    };
}
