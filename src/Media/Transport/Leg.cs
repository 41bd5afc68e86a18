using CallCenter.Media.Codecs;
using CallCenter.Media.Ice;
using CallCenter.Media.Mixing;
using CallCenter.Media.Prompts;
using CallCenter.Media.Quality;
using CallCenter.Media.Recording;
using CallCenter.Media.Rtp;
using CallCenter.Media.Sdp;
using CallCenter.Media.Srtp;

namespace CallCenter.Media.Transport;

/// <summary>
/// A leg on its loop thread: commands change what it does, packets and ticks drive it. What its party says goes to statistics and to
/// <see cref="LegHearing"/>; what the party is sent is made by <see cref="LegOutput"/>.
/// </summary>
sealed partial class Leg
{
    readonly MediaLeg handle;
    readonly LegWire wire;
    readonly long silenceTimeout;
    NegotiatedAudio? audio;
    PeerSources peer;
    ReceiveStatistics statistics;
    LegReports reports;
    LegSound sound;
    SrtpSession? secured;
    DtlsPeer? dtls;
    RtpUnits units;
    Room? room;
    long heardAt, drainedAt;
    ulong foreign, invalid;
    bool heard, lost, closed;

    public Leg(MediaLeg handle, MediaShard shard, LegSockets sockets)
    {
        (this.handle, Shard, Sockets, wire) = (handle, shard, sockets, new(sockets.Rtp));
        Consent = shard.Options.ConsentTimeout;
        silenceTimeout = shard.Options.SilenceTimeout.Ticks * TimeSpan.NanosecondsPerTick;
        peer = new(shard.Options.RelatchAfter.Ticks * TimeSpan.NanosecondsPerTick);
        sound = new(shard.Options.QualityWindow.Ticks * TimeSpan.NanosecondsPerTick);
        Output = new(handle, shard, wire);
        Hearing = new(this, handle, shard);
    }

    /// <summary>The loop on whose thread the leg lives.</summary>
    public MediaShard Shard { get; private set; }

    /// <summary>Without a sign of life for so long a peer with ICE is told as gone, and sent nothing more; from the next description on.</summary>
    public TimeSpan Consent { get; set; }

    public LegSockets Sockets { get; }
    public LegOutput Output { get; }
    public LegHearing Hearing { get; }
    public int Index { get; set; }
    public int Slot { get; set; }

    public MediaLeg Handle => handle;

    public bool IsClosed => closed;

    /// <summary>Where media goes by what the session description says and what came in; see <see cref="PeerSources"/>.</summary>
    public IcePath Signalled => new(peer.Destination);

    /// <summary>An address that the peer may shake hands from.</summary>
    public bool Knows(in PeerName from) => peer.Knows(from);

    /// <summary>See <see cref="MediaLeg.Sound"/>; any thread.</summary>
    public LegWindow? Sound => sound.Running;

    // Commands

    public void SetRemote(NegotiatedAudio settled)
    {
        if (closed) return;
        var now = MediaClock.Nanoseconds();
        var first = audio is null;
        audio = settled;
        peer.Signal(settled, handle.Local, Shard.Options.BindAddress);
        Agree(settled.Dtls, now);
        Output.Settle(settled);
        Route();
        Hearing.Settle(settled);
        Rewire();
        (heardAt, lost) = (now, false);
        if (!first) return;
        sound.Begin(now);
        reports.Schedule(now, ReportInterval, Shard.Random);
        Shard.TickSoon(this);
    }

    /// <summary>An offer of ours is out: see <see cref="DtlsPeer.Await"/>.</summary>
    public void Await(IceCredentials ours)
    {
        if (!closed) (dtls ??= new(this, wire)).Await(ours);
    }

    void Agree(DtlsTerms? terms, long now)
    {
        if (terms is not null) (dtls ??= new(this, wire)).Settle(terms, now);
        else if (dtls is not null)
        {
            dtls.Close();
            dtls = null;
        }
    }

    /// <summary>Where media goes may have changed.</summary>
    public void Route() => wire.Destination = dtls is null ? Signalled : dtls.Destination(Signalled);

    /// <summary>Other keys, or none, from now on; the former ones mean nothing any more.</summary>
    public void Secure(SrtpSession? session)
    {
        if (closed)
        {
            session?.Dispose();
            return;
        }
        if (secured is { } former)
        {
            session?.In.Follow(former.In);
            former.Dispose();
        }
        secured = session;
        Output.Secure(session?.Out);
    }

    public void Play(Play play)
    {
        if (!closed) Output.Play(play);
    }

    public void StopPlay(PlayId play) => Output.StopPlay(play);

    public void SendDigits(string digits)
    {
        if (!closed) Output.SendDigits(digits);
    }

    /// <summary>A key of this party, for those who hear it.</summary>
    public void PassKey(char key)
    {
        if (closed || !Hearing.PassesDigits) return;
        foreach (var hearer in Hearing.Hearers.All) hearer.Output.SendDigits(key.ToString());
    }

    public void Record(TrackId id, MediaInstant from, long quietAfter)
    {
        if (!closed) Hearing.Record(id, from, quietAfter);
        else Shard.Segments.End(handle, id, from, from, samples: 0); // whoever waits for its end hears of it
    }

    public void StopRecording(TrackId id, MediaInstant at) => Hearing.StopRecording(id, at);

    /// <summary>The party speaks another codec than before: who hears it straight may have changed.</summary>
    public void Rewire() => room?.Wire();

    /// <summary>Said by the room itself, which then tells who hears the leg.</summary>
    public void EnterRoom(Room other)
    {
        if (room == other) return;
        room?.Remove(this);
        room = other;
        Output.StopPlay();
    }

    /// <summary>Said by the room it was in.</summary>
    public void LeaveRoom()
    {
        room = null;
        Hearing.IsHeardBy([], isMixed: false);
        Output.Mix([]);
    }

    public void Close()
    {
        if (closed) return;
        closed = true;
        var now = MediaClock.Nanoseconds();
        room?.Remove(this);
        Output.Close(now);
        Hearing.Close(now);
        if (audio is not null) SendReport(now, goodbye: true);
        dtls?.Close();
        secured?.Dispose();
        drainedAt = now + Shard.Options.DrainTime.Ticks * TimeSpan.NanosecondsPerTick;
        Tell(new LegClosed(handle, new(now), Figures()));
    }

    /// <summary>After a bug: no more is tried than to get rid of the leg.</summary>
    public void Abandon()
    {
        if (closed) return;
        closed = true;
        drainedAt = 0;
        room?.Remove(this);
        Tell(new LegClosed(handle, MediaClock.Now, Figures()));
        Hearing.StopRecording(MediaClock.Nanoseconds());
    }

    // Sockets

    /// <summary>Reads all that a socket holds.</summary>
    public void Read(bool control, long now)
    {
        var batch = Shard.Batch;
        int n;
        do
        {
            n = batch.Receive(control ? Sockets.Rtcp : Sockets.Rtp);
            for (var i = 0; i < n && !closed; i++)
            {
                if (!control) Take(new(batch.From(i)), batch.Packet(i), now);
                else if (dtls is null) TakeControl(batch.From(i), batch.Packet(i), now);
            }
        }
        while (n == ReceiveBatch.Count);
    }

    /// <summary>The peer's network lets no UDP through: it came to the engine's door.</summary>
    public void Adopt(MediaStream stream)
    {
        if (closed || dtls is null) stream.Dispose();
        else
        {
            var place = wire.Add(stream);
            Shard.Watch(this, place, stream);
            ReadStream(place, MediaClock.Nanoseconds()); // what the door has read already
        }
    }

    public void CloseSockets()
    {
        wire.Close();
        Sockets.Close();
    }

    public void Shake(long now)
    {
        if (!closed) dtls?.Shake(now);
    }

    public void ReadStream(int place, long now)
    {
        if (wire.Stream(place) is { } stream && !stream.Read(this, now)) wire.Drop(place);
    }

    /// <summary>What came to the RTP port, or along a connection.</summary>
    public void Take(in IcePath from, Span<byte> packet, long now)
    {
        if (closed) return;
        switch (dtls is null ? PacketKind.Media : dtls.Sort(from, packet, now))
        {
            case PacketKind.Media: TakeMedia(from, packet, now); break;
            case PacketKind.Control: TakeControl(from.Peer, packet, now); break;
            case PacketKind.Foreign: Refuse(); break;
        }
    }

    void Refuse()
    {
        foreign++;
        Shard.Dropped++;
    }

    void TakeMedia(in IcePath from, Span<byte> packet, long now)
    {
        Shard.Received++;
        if (audio is null || secured is not null && !secured.In.TryUnprotect(ref packet) || !RtpHeader.TryRead(packet, out var header) || !TryClassify(header.PayloadType, out var codec, out var isEvent))
        {
            invalid++;
            Shard.Dropped++;
            return;
        }
        if (dtls is { HasIce: true }) dtls.Heard(from, now);
        else if (peer.Accept(from.Peer, header, secured is not null, now)) Route();
        else
        {
            Refuse();
            return;
        }
        header = header with { Timestamp = units.ToSamples(header.Timestamp, isEvent || header.PayloadType == ComfortNoise.PayloadType ? Hearing.Spoken : codec) };
        var arrival = (uint)(now / (MediaClock.PerMillisecond / Audio.SamplesPerMs));
        if (statistics.Update(header.Ssrc, header.Sequence, header.Timestamp, arrival, timed: !isEvent) == SequenceVerdict.Rejected) return;
        NoteHeard(now);
        if (!audio.Receives) return;
        if (isEvent) Hearing.TakeEvent(header, packet, now);
        else if (header.PayloadType == ComfortNoise.PayloadType) Hearing.TakeComfort(header, packet.Slice(header.PayloadOffset, header.PayloadLength), now);
        else Hearing.TakeAudio(header, packet, codec, now);
    }

    bool TryClassify(byte payloadType, out AudioCodec codec, out bool isEvent)
    {
        isEvent = payloadType == audio!.Receive.Event;
        return audio.Receive.TryCodec(payloadType, out codec) || isEvent || payloadType == ComfortNoise.PayloadType;
    }

    void TakeControl(in PeerName from, Span<byte> packet, long now)
    {
        if (audio is null || secured is not null && !secured.In.TryUnprotectControl(ref packet) || dtls is null && !peer.AcceptControl(from, secured is not null, now)) return;
        reports.Take(packet, Output.Stream.Ssrc, Ntp(now), now, Audio.ClockUnits(Hearing.Spoken));
    }

    void NoteHeard(long now)
    {
        heardAt = now;
        if (heard && !lost) return;
        Tell(heard ? new MediaResumed(handle, new(now)) : new FirstPacket(handle, new(now)));
        (heard, lost) = (true, false);
    }

    // Time

    /// <summary>Every 20 ms. False: the leg is gone, and must not be ticked again.</summary>
    /// <param name="due">The tick's own time, ns; <paramref name="now"/> is later by what the loop had to do.</param>
    public bool Tick(long now, long due)
    {
        if (closed)
        {
            if (now < drainedAt) return true;
            Quit();
            return false;
        }
        Hearing.Tick(now);
        dtls?.Tick(now);
        if (audio is null) return true;
        Hearing.TickKeys(now);
        if (!lost && silenceTimeout > 0 && audio.Receives && now - heardAt > silenceTimeout)
        {
            lost = true;
            Hearing.Lose();
            Tell(new MediaLost(handle, new(now), new(heardAt)));
        }
        if (now >= reports.Next) SendReport(now, goodbye: false);
        if (sound.Tick(now, statistics, reports) is { } window) Shard.Events.Measured(new(handle, new(now), window));
        Output.Tick(now, due);
        return true;
    }

    long ReportInterval => Shard.Options.ReportInterval.Ticks * TimeSpan.NanosecondsPerTick;

    unsafe void SendReport(long now, bool goodbye)
    {
        reports.Schedule(now, ReportInterval, Shard.Random);
        var to = peer.ControlDestination;
        if (dtls is null ? to.IsNone : !dtls.MuxesControl || !wire.IsOpen) return;
        var buffer = stackalloc byte[RtcpWriter.MaxSize + SrtpSender.MaxGrowth];
        var length = reports.Write(new(buffer, RtcpWriter.MaxSize), ref statistics, Output.Stream, Ntp(now), now, Shard.Cname, goodbye, Audio.ClockUnits(Hearing.Spoken));
        if (secured is not null) length = secured.Out.ProtectControl(new(buffer, RtcpWriter.MaxSize + SrtpSender.MaxGrowth), length);
        if (length == 0) return; // the key is worn out
        if (dtls is not null) wire.Send(new(buffer, length));
        else fixed (byte* name = to.Bytes) Libc.SendTo(Sockets.Rtcp, buffer, (nuint)length, 0, name, to.Length);
    }

    NtpTime Ntp(long now) => NtpTime.Of(Shard.Clock.ToUtc(new(now)));

    public void Tell(MediaEvent happened) => Shard.Events.Happened(happened);

    LegFigures Figures() => new(statistics.Received, statistics.TotalLost, (double)statistics.Jitter / Audio.SamplesPerMs, Output.Sent, foreign, invalid,
        reports.Remote?.Lost, reports.Remote is { } r ? (double)r.Jitter / Audio.ClockUnits(Hearing.Spoken) / Audio.SamplesPerMs : null, reports.RoundTrip);
}
