using CallCenter.Media.Sdp;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Calls;

/// <summary>A leg that came in: a caller's over a trunk, or a phone's that dialled. Lives on the loop.</summary>
/// <param name="station">The extension whose phone it is; null for a trunk's.</param>
/// <param name="linked">That phone is another edge's.</param>
sealed class ArrivingLeg(EdgeCore edge, EdgeCall call, LegId id, string? station, string? trunk = null, bool linked = false) : SipLeg(edge, call, id, station)
{
    /// <summary>The leg by which a customer comes in.</summary>
    public static readonly LegId Caller = new("caller");

    public override string? Trunk => trunk;

    protected override bool IsLinked => linked;

    byte[]? description;
    NegotiatedAudio? settled;
    bool rung;

    /// <summary>Opens media and reads the offer. Null if all is well, else the status to refuse the INVITE with.</summary>
    public int? Prepare(SipRequest invite, ulong sessionId)
    {
        if (!TryOpenMedia(sessionId)) return 503;
        if (AnswerIsOwed = invite.Body.IsEmpty) description = Audio!.Offer();
        else if (!Audio!.TryAnswer(invite.Body.Span, out description, out settled))
        {
            Media!.Close();
            return 488;
        }
        Call.Spoken ??= settled?.Codec;
        return null;
    }

    public void Adopt(Sip.Dialogs.Call taken) => Session = taken;

    public override void Answer()
    {
        if (Session is null or { IsAnswered: true } or { IsEnded: true }) return;
        Session.Accept(description);
        Call.Link.Tell(new Answered(Edge.Now, Id));
        if (settled is not null) Settle(settled);
    }

    public override void RingBack()
    {
        if (rung || Session is not { IsAnswered: false, IsEnded: false }) return;
        rung = true;
        Session.Progress(180);
    }

    protected override void OnUnsettled(Sip.Dialogs.Call of)
    {
        if (settled is null) of.HangUp(ReasonHeader.Of(88)); // incompatible destination
    }

    public override void Reject(int sipStatus, int q850) => Session?.Reject(sipStatus, q850 > 0 ? ReasonHeader.Of(q850) : null);

    public override void HangUp() => Session?.HangUp(ReasonHeader.Of(16));
}
