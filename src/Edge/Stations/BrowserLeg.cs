using CallCenter.Edge.Calls;
using CallCenter.Media;
using CallCenter.Sip.Transport;

namespace CallCenter.Edge.Stations;

/// <summary>
/// A leg by which an agent's browser takes part. Its media are borrowed while it talks; that it rings, is answered or is refused comes by the API and the
/// call. Lives on the loop.
/// </summary>
sealed class BrowserLeg : EdgeLeg, IPathUser
{
    /// <summary>An old page, or one that is busy, may not say that it shows the offer: it rings all the same.</summary>
    public static readonly TimeSpan ShownBy = TimeSpan.FromSeconds(2);

    readonly BrowserPath path;
    readonly RingStation wish;
    LoopTimer? shown, ringing;
    bool alerting, answered, wanted, lost, over;

    public BrowserLeg(EdgeCore edge, EdgeCall call, RingStation wish, BrowserPath path) : base(edge, call, wish.Leg, wish.Station) => (this.path, this.wish) = (path, wish);

    public override Task Ring()
    {
        path.Add(this);
        if (path.IsLost) Over(LegFailure.Unreachable, 480);
        else
        {
            shown = Edge.Loop.Schedule(ShownBy, Alert);
            var left = wish.Until - Edge.Now;
            ringing = Edge.Loop.Schedule(left > TimeSpan.Zero ? left : TimeSpan.Zero, () => Over(LegFailure.NoAnswer, 408));
            if (wish.Expected) Answer();
        }
        return Task.CompletedTask;
    }

    public override void Alert()
    {
        if (alerting || answered || over) return;
        alerting = true;
        Call.Link.Tell(new Alerting(Edge.Now, Id));
    }

    /// <summary>A browser that is just coming back answers once it is there.</summary>
    public override void Answer()
    {
        if (answered || over) return;
        wanted = true;
        if (!path.IsHeard) return;
        answered = true;
        StopTimers();
        path.Lend(this, Call);
        Media = path.Media;
        Call.Bring(Media);
        Call.Spoken ??= path.Codec;
        Call.Link.Tell(new PickedUp(Edge.Now, Id));
    }

    public override void HangUp()
    {
        if (over) return;
        if (answered) End(LegEndedBy.Us);
        else Over(LegFailure.Withdrawn, 487);
    }

    /// <summary>The call hears of it, and the customer music. A browser that only rings is tried no longer.</summary>
    public void OnPathLost()
    {
        if (!answered) Over(LegFailure.Unreachable, 480);
        else if (!lost)
        {
            lost = true;
            Call.Link.Tell(new PathLost(Edge.Now, Id));
        }
    }

    public void OnPathBack()
    {
        if (wanted && !answered) Answer();
        else if (lost)
        {
            lost = false;
            Call.Link.Tell(new PathBack(Edge.Now, Id));
        }
    }

    public void OnPathGone(LegEndedBy how)
    {
        if (answered) End(how);
        else Over(how == LegEndedBy.FarEnd ? LegFailure.Rejected : LegFailure.Unreachable, 480);
    }

    void End(LegEndedBy how)
    {
        if (over) return;
        over = true;
        Call.Remove(this, new HungUp(Edge.Now, Id, how, 0, 0));
    }

    void Over(LegFailure why, int status)
    {
        if (over) return;
        over = true;
        StopTimers();
        Call.Remove(this, new NotPickedUp(Edge.Now, Id, why, status));
    }

    /// <summary>The path goes on, for the next call.</summary>
    public override void LetGo() => path.Return(this);

    void StopTimers()
    {
        if (shown is not null) Edge.Loop.Stop(shown);
        if (ringing is not null) Edge.Loop.Stop(ringing);
    }

    // What becomes of the media the path hears, and says.

    protected override void OnMediaLost() { }

    protected override void OnMediaResumed() { }

    protected override void OnPeerGone(PeerLoss why) { }
}
