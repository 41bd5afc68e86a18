using CallCenter.Media;
using CallCenter.Media.Dtmf;

namespace CallCenter.Edge.Calls;

/// <summary>One leg on this edge: its signalling (in the subclasses), its media and what plays to it. Lives on the loop.</summary>
abstract class EdgeLeg : IMediaOwner
{
    readonly LegCourse course = new(CallCenter.Media.MediaOptions.UsualQualityWindow);
    readonly KeyGate keys = new();

    protected EdgeLeg(EdgeCore edge, EdgeCall call, LegId id, string? station)
    {
        (Edge, Call, Id, Station) = (edge, call, id, station);
        Player = new(this);
    }

    public EdgeCore Edge { get; }
    public EdgeCall Call { get; }
    public LegId Id { get; }
    public LegPlayer Player { get; }

    /// <summary>The extension whose phone it is; null for what goes over a trunk.</summary>
    public string? Station { get; }

    /// <summary>The trunk over which it goes; null for a phone's.</summary>
    public virtual string? Trunk => null;

    /// <summary>Null until there is one, and after a failure to open one.</summary>
    public MediaLeg? Media { get; protected set; }

    /// <summary>Calls the far end; once.</summary>
    public virtual Task Ring()
    {
        Senseless(nameof(Ring));
        return Task.CompletedTask;
    }

    /// <summary>It is shown to a person: it rings. A phone says so by itself.</summary>
    public virtual void Alert() { }

    /// <summary>It is over: its media are given back.</summary>
    public virtual void LetGo() => Media?.Close();

    public virtual void Answer() => Senseless(nameof(Answer));

    public virtual void Reject(int sipStatus, int q850) => Senseless(nameof(Reject));

    /// <summary>Tells the far end that somebody is rung for it; once, and not after an answer.</summary>
    public virtual void RingBack() => Senseless(nameof(RingBack));

    /// <summary>The outcome of the REFER that stands open, if one does.</summary>
    public virtual void TellReferral(int sipStatus) => Senseless(nameof(TellReferral));

    /// <summary>Ends the leg in whatever state it is.</summary>
    public abstract void HangUp();

    /// <param name="keys">Never logged: they may be a PIN.</param>
    public void SendKeys(string keys)
    {
        if (Media is not { } media || !media.SendDigits(keys)) Senseless(nameof(SendKeys));
    }

    public void PassKeys(bool pass)
    {
        if (Media is { } media) media.PassDigits(pass);
        else Senseless(nameof(PassKeys));
    }

    /// <summary>A key that came as tones goes on as a key: tones themselves do not outlive a lossy line and a codec or two (<see cref="SipLeg"/> mutes them).</summary>
    void OnMediaKey(CallCenter.Media.DigitPressed pressed)
    {
        if (OnKey(pressed.Source, pressed.Key, pressed.At) && pressed.Source == KeySource.Tone) Media?.PassKey(pressed.Key);
    }

    /// <summary>A key that came in an INFO: it goes the way of those that come in the media.</summary>
    protected void OnInfoKey(char key)
    {
        if (OnKey(KeySource.Info, key, MediaClock.Now)) Media?.PassKey(key);
    }

    /// <summary>Keys may come another way from now on.</summary>
    protected void ForgetKeys() => keys.Reset();

    /// <summary>True: it is no second word of a key that was told already.</summary>
    bool OnKey(KeySource source, char key, MediaInstant at)
    {
        if (!keys.Admits(source, key, at)) return false;
        Player.OnDigit();
        Call.Link.Tell(new Domain.Calls.DigitPressed(Edge.Media.Clock.ToUtc(at), Id, key));
        return true;
    }

    public void OnMedia(MediaEvent happened)
    {
        switch (happened)
        {
            case CallCenter.Media.DigitPressed d: OnMediaKey(d); break;
            case CallCenter.Media.FaxHeard f: Call.Link.Tell(new Domain.Calls.FaxHeard(Edge.Media.Clock.ToUtc(f.At), Id, f.Tone == CallCenter.Media.Tones.FaxTone.Calling ? FaxTone.Calling : FaxTone.Answering)); break;
            case AnswerJudged a: Call.Link.Tell(new AnswerHeard(Edge.Media.Clock.ToUtc(a.At), Id, Sign(a))); break;
            case CallCenter.Media.PlayEnded p: Player.OnEnded(p); break;
            case WentQuiet q: Call.Link.Tell(new FellQuiet(Edge.Media.Clock.ToUtc(q.At), Id, Edge.Media.Clock.ToUtc(q.Since))); break;
            case MediaLost: OnMediaLost(); break;
            case PeerGone g: OnPeerGone(g.Why); break;
            case MediaResumed or FirstPacket: OnMediaResumed(); break;
            case TrackEnded t: Call.OnTrackEnded(t); break;
            case LegClosed: HangUp(); break; // by a fault of the media engine: nothing is heard here any more. Means nothing where signalling ended first
        }
    }

    static AnswerSign Sign(AnswerJudged judged)
    {
        var kind = judged.By switch
        {
            CallCenter.Media.Tones.Answerer.Person => AnswerKind.Human,
            CallCenter.Media.Tones.Answerer.Machine => AnswerKind.Machine,
            _ => AnswerKind.Unknown, // a silence says nothing about who keeps it
        };
        return new(kind, kind == AnswerKind.Unknown ? 0 : Math.Round(judged.Confidence, 2), (long)judged.After.TotalMilliseconds);
    }

    public void OnMeasured(in QualityMeasured measured)
    {
        var window = measured.Window;
        SoundMeters.Measured(window);
        if (course.Add(window, measured.At))
            Call.Link.Tell(new SoundTurned(Edge.Media.Clock.ToUtc(measured.At), Id, course.SoundsPoor, Math.Round(window.Mos, 2), Math.Round(window.Loss, 2), Math.Round(window.Jitter, 2), window.RoundTrip is { } trip ? Math.Round(trip, 2) : null));
    }

    /// <summary>How it sounded up to now, for the word of its end; asked once, before its media is closed.</summary>
    public LegQuality? Quality()
    {
        if (Media is not { } media) return null;
        var last = media.Sound;
        if (last is { } window && LegCourse.Tells(window)) SoundMeters.Measured(window);
        return course.Finish(last);
    }

    /// <summary>Its SIP messages up to now, for the word of its end; asked once. Null if none are kept.</summary>
    public virtual LegSignalling? Signalling() => null;

    /// <summary>Nothing was heard for <see cref="MediaOptions.LostAfter"/>.</summary>
    protected abstract void OnMediaLost();

    protected abstract void OnMediaResumed();

    /// <summary>A leg secured by DTLS has no far end.</summary>
    protected abstract void OnPeerGone(PeerLoss why);

    protected void Senseless(string command) => Edge.Log.CommandSenseless(command, GetType().Name);
}
