using System.Text;
using CallCenter.Edge.Calls;
using CallCenter.Media;
using CallCenter.Media.Sdp;

namespace CallCenter.Edge.Web;

/// <summary>A caller's leg that came in by HTTP: a visitor of a web page. It has offers and answers as others have, and no SIP. Lives on the loop.</summary>
sealed class VisitorLeg(EdgeCore edge, EdgeCall call) : EdgeLeg(edge, call, ArrivingLeg.Caller, station: null)
{
    /// <summary>Long enough for a page to find another network, short enough for an agent who talks to nobody.</summary>
    static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(15);

    readonly TaskCompletionSource<bool> verdict = new(TaskCreationOptions.RunContinuationsAsynchronously);
    LegAudio? audio;
    bool answered;

    /// <summary>Nothing more is told of it.</summary>
    public bool IsOver { get; private set; }

    /// <summary>True once the call is taken; false if it is refused.</summary>
    public Task<bool> Verdict => verdict.Task;

    /// <summary>Hears of the end; once.</summary>
    public Action? Ended { get; set; }

    /// <summary>Opens media and answers the browser's offer, so that it looks for its path while the call begins. Null if all is well.</summary>
    public VisitorRefusal? Prepare(string offer, out string answer)
    {
        answer = "";
        if (!Call.TryOpenMedia(this, out var media, out var refusal))
        {
            Edge.Log.NoMedia(refusal, 503);
            return VisitorRefusal.NoMedia;
        }
        Media = media;
        media.MuteTones();
        media.DoubtAfter(LostAfter);
        audio = new(media, Edge.NextSessionId(), Edge.Codecs, SrtpUse.Dtls);
        if (TryMove(offer, out answer)) return null;
        media.Close();
        if (audio.CanOffer) return VisitorRefusal.BadOffer;
        Edge.Log.DtlsNotSpoken(nameof(VisitorLeg), 503);
        return VisitorRefusal.NoMedia;
    }

    /// <summary>
    /// The first offer, or another one: new ICE credentials after a change of network. False if it cannot be taken; media flow as before then. Only what finds
    /// its path by ICE is taken: plain media would go to whatever address a stranger names.
    /// </summary>
    public bool TryMove(string offer, out string answer)
    {
        answer = "";
        if (IsOver || audio is null || !audio.TryAnswer(Encoding.UTF8.GetBytes(offer), out var made, out var settled) || settled is not { Dtls.TheirIce: not null }) return false;
        answer = Encoding.UTF8.GetString(made);
        Call.Spoken ??= settled.Codec;
        Media!.SetRemote(settled);
        ForgetKeys();
        return true;
    }

    public override void Answer()
    {
        if (answered || IsOver) return;
        answered = true;
        Call.Link.Tell(new Answered(Edge.Now, Id));
        verdict.TrySetResult(true);
    }

    public override void RingBack() => verdict.TrySetResult(true);

    public override void Reject(int sipStatus, int q850)
    {
        if (!answered) Over(LegEndedBy.Us, sipStatus, q850);
    }

    public override void HangUp() => Over(LegEndedBy.Us);

    /// <summary>The visitor wants no more, or has closed the page in good order.</summary>
    public void Leave() => Over(LegEndedBy.FarEnd);

    void Over(LegEndedBy by, int sipStatus = 0, int q850 = 0)
    {
        if (IsOver) return;
        IsOver = true;
        verdict.TrySetResult(answered);
        Call.Remove(this, new HungUp(Edge.Now, Id, by, sipStatus, q850));
        Ended?.Invoke();
    }

    /// <summary>A page on mute may send nothing; whether it is there its checks of the path tell.</summary>
    protected override void OnMediaLost() { }

    protected override void OnMediaResumed() { }

    /// <summary>Who closes the connection hangs up; who falls silent is lost, as a caller whose line is cut.</summary>
    protected override void OnPeerGone(PeerLoss why)
    {
        if (why is not (PeerLoss.Closed or PeerLoss.Silent)) Edge.Log.NoPeer(nameof(VisitorLeg), why);
        Over(why == PeerLoss.Closed ? LegEndedBy.FarEnd : LegEndedBy.Network);
    }
}
