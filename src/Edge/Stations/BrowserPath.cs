using CallCenter.Edge.Calls;
using CallCenter.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Sdp;
using CallCenter.Sip.Transport;

namespace CallCenter.Edge.Stations;

/// <summary>
/// The media of one agent's browser, kept between calls. Whichever browser the station's grain let in last has it: one that comes in place of another
/// shakes hands anew on the same leg, so that a call in talk, its rooms and its tracks need not know. Lives on the loop.
/// </summary>
sealed class BrowserPath : IMediaOwner
{
    /// <summary>A browser sends 50 packets a second, and a check every 2.5 s where it sends none: after so long it is not there.</summary>
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    /// <summary>A word that did not reach the station's grain is said again after this: else its agent would be away for good.</summary>
    static readonly TimeSpan ToldAgain = TimeSpan.FromSeconds(2);

    readonly EdgeCore edge;
    readonly BrowserPaths all;
    readonly HashSet<IPathUser> users = [];
    readonly HashSet<EdgeCall> served = [];
    readonly LoopTimer silence, grace;
    LegAudio? audio;
    TimeSpan patience;

    public BrowserPath(EdgeCore edge, BrowserPaths all, TenantId tenant, string extension)
    {
        (this.edge, this.all, Tenant, Extension) = (edge, all, tenant, extension);
        (silence, grace) = (new(Lose), new(GiveUp));
    }

    public TenantId Tenant { get; }
    public string Extension { get; }

    /// <summary>Set once <see cref="TryOpen"/> has gone well.</summary>
    public MediaLeg Media { get; private set; } = null!;

    /// <summary>The browser that has it: names one offer that was accepted.</summary>
    public string? Connection { get; private set; }

    /// <summary>The grant by which it has it; a later one is higher.</summary>
    public long Grant { get; private set; }

    /// <summary>Media flows both ways.</summary>
    public bool IsHeard { get; private set; }

    /// <summary>Nothing is heard, and nobody is on the way.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Settled when it connected.</summary>
    public AudioCodec? Codec => audio?.Preferred;

    /// <summary>Who talks by it; at most one.</summary>
    public IPathUser? Talking { get; private set; }

    public bool IsInCall => users.Count > 0;

    public bool IsClosed { get; private set; }

    public bool TryOpen()
    {
        if (!edge.Media.SpeaksDtls || !edge.Media.TryOpenLeg(Extension.GetHashCode(StringComparison.Ordinal), this, out var media, out _)) return false;
        Media = media;
        media.MuteTones();
        media.DoubtAfter(Silence);
        media.BeSilentUntilSpokenTo();
        return true;
    }

    /// <summary>Reads an offer as another browser's than the present one; nothing comes of it before <see cref="Accept"/>.</summary>
    public PathOffer? Read(string sdp)
    {
        if (Media.Dtls is not { } dtls) return null;
        var offer = System.Text.Encoding.UTF8.GetBytes(sdp);
        foreach (var codecs in Codecs())
        {
            var made = new LegAudio(Media, edge.NextSessionId(), codecs, SrtpUse.Dtls, new(dtls.Fingerprint, dtls.Stream));
            if (made.TryAnswer(offer, out var answer, out var settled) && settled is { Dtls.OurIce: not null }) return new(made, answer, settled);
        }
        return null;
    }

    /// <summary>Callers speak a law: who answers in one is heard at once, and nothing need be decoded. Else whatever the browser likes.</summary>
    IEnumerable<IReadOnlyList<AudioCodec>> Codecs()
    {
        AudioCodec[] laws = [.. edge.Codecs.Where(c => c is AudioCodec.Pcma or AudioCodec.Pcmu)];
        if (laws.Length > 0) yield return laws;
        yield return edge.Codecs;
    }

    /// <summary>The browser that made the offer has the path from now on. It is heard once hands are shaken.</summary>
    public string Accept(PathOffer offer, string connection, BrowserGrant grant)
    {
        (audio, Connection, Grant, patience) = (offer.Audio, connection, grant.Number, grant.Grace);
        IsHeard = false;
        Media.SetRemote(offer.Settled);
        if (!IsLost) edge.Loop.Start(silence, Silence);
        return System.Text.Encoding.UTF8.GetString(offer.Answer);
    }

    /// <summary>The same browser offers anew: another network, mostly. Null if that is no offer of it.</summary>
    public string? Restart(string sdp)
    {
        if (audio is null || !audio.TryAnswer(System.Text.Encoding.UTF8.GetBytes(sdp), out var answer, out var settled) || settled is not { Dtls.OurIce: not null }) return null;
        Media.SetRemote(settled);
        return System.Text.Encoding.UTF8.GetString(answer);
    }

    /// <summary>Somebody rings, and may talk soon.</summary>
    public void Add(IPathUser user)
    {
        users.Add(user);
        if (Talking is null) Media.Prepare();
    }

    /// <summary>Somebody talks by this path from now on. Whoever still did has lost its agent, and its call has yet to say so.</summary>
    /// <param name="call">Hears of what is recorded here; null if its own edge records it.</param>
    public void Lend(IPathUser user, EdgeCall? call = null)
    {
        Talking?.HangUp();
        Talking = user;
        served.RemoveWhere(static before => before.IsQuiet);
        if (call is not null) served.Add(call); // what is recorded of it is complete a while after it
        Media.Begin();
    }

    public void Return(IPathUser user)
    {
        users.Remove(user);
        if (Talking == user) Talking = null;
        else if (Talking is not null || IsInCall) return;
        Media.Rest();
    }

    public void OnMedia(MediaEvent happened)
    {
        switch (happened)
        {
            case PeerMet: Meet(); break;
            case MediaResumed when Connection is not null && !IsHeard && IsLost: Meet(); break;
            case PeerGone: Lose(); break;
            case LegClosed: GiveUp(); break; // by a fault of the media engine
            case TrackEnded t:
                foreach (var call in served) call.OnTrackEnded(t);
                break;
            default: Talking?.OnMedia(happened); break;
        }
    }

    public void OnMeasured(in QualityMeasured measured) => Talking?.OnMeasured(measured);

    void Meet()
    {
        edge.Loop.Stop(silence);
        edge.Loop.Stop(grace);
        (IsHeard, IsLost) = (true, false);
        Tell(station => station.Hear(Connection!, true));
        foreach (var user in users.ToArray()) user.OnPathBack();
    }

    void Lose()
    {
        if (IsLost || Connection is null) return;
        edge.Loop.Stop(silence);
        (IsHeard, IsLost) = (false, true);
        edge.Loop.Start(grace, patience);
        Tell(AskGrace);
        foreach (var user in users.ToArray()) user.OnPathLost();
    }

    /// <summary>How long it is waited for may have been changed since it was let in.</summary>
    async Task AskGrace(IStationGrain station)
    {
        var (lost, since) = (Connection!, edge.Loop.Now);
        patience = await station.Hear(lost, false);
        if (!IsLost || IsClosed || Connection != lost) return;
        var left = patience - (edge.Loop.Now - since);
        edge.Loop.Start(grace, left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    void GiveUp() => Close(LegEndedBy.Network);

    /// <summary>The browser is gone for good.</summary>
    public void Close(LegEndedBy how)
    {
        if (!all.Remove(this)) return;
        IsClosed = true;
        edge.Loop.Stop(silence);
        edge.Loop.Stop(grace);
        foreach (var user in users.ToArray()) user.OnPathGone(how);
        if (Connection is { } connection) Tell(station => station.Disconnect(connection));
        Media.Close();
    }

    void Tell(Func<IStationGrain, Task> word) => _ = Told(word);

    async Task Told(Func<IStationGrain, Task> word)
    {
        try
        {
            await word(edge.Grains.Station(Tenant, Extension));
        }
        catch (Exception fault) // that it is gone is found out when the station is rung; that it is there, or silent, must be said again
        {
            edge.Log.StationNotReached(fault.GetType().Name);
            edge.Loop.Schedule(ToldAgain, TellAgain);
        }
    }

    void TellAgain()
    {
        if (!IsClosed && (IsHeard || IsLost)) Tell(station => station.Hear(Connection!, IsHeard));
    }
}

/// <summary>A browser's offer, read and answered, but not yet accepted.</summary>
sealed record PathOffer(LegAudio Audio, byte[] Answer, NegotiatedAudio Settled);
