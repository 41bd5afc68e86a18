using CallCenter.Media;
using CallCenter.Media.Sdp;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Calls;

/// <summary>The leg by which a caller came in. Lives on the loop.</summary>
sealed class CallerLeg(EdgeCore edge, EdgeCall call) : SipLeg(edge, call, Name)
{
    /// <summary>Every call of this version begins with this leg.</summary>
    public static readonly LegId Name = new("caller");

    Sip.Dialogs.Call? session;
    byte[]? description;
    NegotiatedAudio? settled;

    /// <summary>Opens media and reads the offer. Null if all is well, else the status to refuse the INVITE with.</summary>
    public int? Prepare(SipRequest invite, ulong sessionId)
    {
        if (!Call.TryOpenMedia(this, out var media, out var refusal))
        {
            Edge.Log.NoMedia(refusal, 503);
            return 503;
        }
        Media = media;
        Audio = new(media, sessionId);
        if (AnswerIsOwed = invite.Body.IsEmpty) description = Audio.Offer();
        else if (!Audio.TryAnswer(invite.Body.Span, out description, out settled))
        {
            media.Close();
            return 488;
        }
        return null;
    }

    public void Adopt(Sip.Dialogs.Call taken) => session = taken;

    public override void Answer()
    {
        if (session is null or { IsAnswered: true } or { IsEnded: true }) return;
        if (settled is not null) Media!.SetRemote(settled); // media flows from the 200 on, never nothing
        session.Accept(description);
        Call.Link.Tell(new Answered(Edge.Now, Id));
    }

    protected override void OnUnsettled(Sip.Dialogs.Call of)
    {
        if (settled is null) of.HangUp(ReasonHeader.Of(88)); // incompatible destination
    }

    public override void Reject(int sipStatus, int q850) => session?.Reject(sipStatus, q850 > 0 ? ReasonHeader.Of(q850) : null);

    public override void HangUp() => session?.HangUp(ReasonHeader.Of(16));

    public override void OnEnded(Sip.Dialogs.Call of, CallEnd end) => Call.Remove(this, Told(Edge.Now, Id, end));
}
