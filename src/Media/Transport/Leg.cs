using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Mixing;
using CallCenter.Media.Prompts;
using CallCenter.Media.Quality;
using CallCenter.Media.Recording;
using CallCenter.Media.Rtp;
using CallCenter.Media.Sdp;
using CallCenter.Media.Srtp;
using CallCenter.Media.Tones;

namespace CallCenter.Media.Transport;

/// <summary>
/// A leg on its loop thread: commands change what it does, packets and ticks drive it. What its party says goes to statistics, keys,
/// track and those who hear it; what the party is sent is made by <see cref="LegOutput"/>.
/// </summary>
sealed class Leg
{
    readonly MediaLeg handle;
    readonly MediaShard shard;
    readonly long silenceTimeout, relatchAfter;
    NegotiatedAudio? audio;
    SourceLatch source, controlSource;
    ReceiveStatistics statistics;
    LegReports reports;
    LegSound sound;
    ComfortVoice comfort;
    SrtpSession? secured;
    DtmfReceiver keys;
    readonly ToneEar ear;
    RtpUnits units;
    Interpreter? interpreter;
    Room? room;
    TrackRecorder? track;
    long heardAt, drainedAt;
    ulong foreign, invalid;
    bool heard, lost, closed;

    public Leg(MediaLeg handle, MediaShard shard, LegSockets sockets)
    {
        (this.handle, this.shard, Sockets) = (handle, shard, sockets);
        silenceTimeout = shard.Options.SilenceTimeout.Ticks * TimeSpan.NanosecondsPerTick;
        relatchAfter = shard.Options.RelatchAfter.Ticks * TimeSpan.NanosecondsPerTick;
        sound = new(shard.Options.QualityWindow.Ticks * TimeSpan.NanosecondsPerTick);
        Output = new(handle, shard, sockets.Rtp);
        ear = handle.Ear;
        Hearers = new(this, []);
    }

    public LegSockets Sockets { get; }
    public LegOutput Output { get; }
    public int Index { get; set; }
    public int Slot { get; set; }

    public bool IsClosed => closed;

    /// <summary>Who hears the party; the room decides.</summary>
    public Hearers Hearers { get; private set; }

    /// <summary>What the party says, for those who hear others besides; null if there is no such.</summary>
    public SpeechRing? Speech { get; private set; }

    /// <summary>The codec of what came last, or of what was settled.</summary>
    public AudioCodec Spoken { get; private set; }

    /// <summary>Whether keys pressed here reach those who hear the leg.</summary>
    public bool PassesDigits { get; set; } = true;

    /// <summary>See <see cref="MediaLeg.Sound"/>; any thread.</summary>
    public LegWindow? Sound => sound.Running;

    /// <summary>Keys that come as tones are not heard by others.</summary>
    public bool MutesTones { get; set; }

    // Commands

    public void SetRemote(NegotiatedAudio settled)
    {
        if (closed) return;
        var now = MediaClock.Nanoseconds();
        var first = audio is null;
        audio = settled;
        var family = shard.Options.BindAddress.AddressFamily;
        if (settled.Remote is { } rtp && rtp.AddressFamily == family) source.Signal(PeerName.Of(rtp));
        if (settled.RemoteControl is { } rtcp && rtcp.AddressFamily == family) controlSource.Signal(PeerName.Of(rtcp));
        Output.Settle(settled, source.Destination);
        ear.Settle(tones: settled.Send.Event is null); // what we offered stays open for receiving, but a peer that did not take it will not send it
        Speaks(settled.Codec);
        room?.Wire();
        (heardAt, lost) = (now, false);
        if (!first) return;
        sound.Begin(now);
        reports.Schedule(now, ReportInterval, shard.Random);
        shard.TickSoon(this);
    }

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
        if (closed || !PassesDigits) return;
        foreach (var hearer in Hearers.All) hearer.Output.SendDigits(key.ToString());
    }

    public void Record(TrackId id, MediaInstant from, long quietAfter)
    {
        if (closed) return;
        if (track is { } running) running.Stop(from.Nanoseconds);
        track = new(handle, id, from, shard.Segments, quietAfter);
    }

    public void StopRecording(TrackId id, MediaInstant at)
    {
        if (track?.Id != id) return;
        track.Stop(at.Nanoseconds);
        track = null;
    }

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
        IsHeardBy([], isMixed: false);
        Output.Mix([]);
    }

    public void IsHeardBy(Leg[] legs, bool isMixed)
    {
        Hearers = new(this, legs);
        Speech = isMixed ? Speech ?? new() : null;
    }

    public void Close()
    {
        if (closed) return;
        closed = true;
        var now = MediaClock.Nanoseconds();
        room?.Remove(this);
        Output.Close(now);
        track?.Stop(now);
        track = null;
        if (audio is not null) SendReport(now, goodbye: true);
        interpreter?.Dispose();
        interpreter = null;
        secured?.Dispose();
        drainedAt = now + shard.Options.DrainTime.Ticks * TimeSpan.NanosecondsPerTick;
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
        track?.Stop(MediaClock.Nanoseconds());
        track = null;
    }

    // Sockets

    /// <summary>Reads all that a socket holds.</summary>
    public void Read(bool control, long now)
    {
        var batch = shard.Batch;
        int n;
        do
        {
            n = batch.Receive(control ? Sockets.Rtcp : Sockets.Rtp);
            for (var i = 0; i < n && !closed; i++)
            {
                if (control) TakeControl(batch.From(i), batch.Packet(i), now);
                else Take(batch.From(i), batch.Packet(i), now);
            }
        }
        while (n == ReceiveBatch.Count);
    }

    void Take(in PeerName from, Span<byte> packet, long now)
    {
        shard.Received++;
        if (audio is null || secured is not null && !secured.In.TryUnprotect(ref packet) || !RtpHeader.TryRead(packet, out var header) || !TryClassify(header.PayloadType, out var codec, out var isEvent))
        {
            invalid++;
            shard.Dropped++;
            return;
        }
        if (!source.Accept(from, header.Sequence, now, relatchAfter))
        {
            foreign++;
            shard.Dropped++;
            return;
        }
        Output.Destination = source.Destination;
        header = header with { Timestamp = units.ToSamples(header.Timestamp, isEvent || header.PayloadType == ComfortNoise.PayloadType ? Spoken : codec) };
        var arrival = (uint)(now / (MediaClock.PerMillisecond / Audio.SamplesPerMs));
        if (statistics.Update(header.Ssrc, header.Sequence, header.Timestamp, arrival, timed: !isEvent) == SequenceVerdict.Rejected) return;
        NoteHeard(now);
        if (!audio.Receives) return;
        if (isEvent) TakeEvent(header, packet, now);
        else if (header.PayloadType == ComfortNoise.PayloadType) TakeComfort(header, packet.Slice(header.PayloadOffset, header.PayloadLength), now);
        else TakeAudio(header, packet, codec, now);
    }

    bool TryClassify(byte payloadType, out AudioCodec codec, out bool isEvent)
    {
        isEvent = payloadType == audio!.Receive.Event;
        return audio.Receive.TryCodec(payloadType, out codec) || isEvent || payloadType == ComfortNoise.PayloadType;
    }

    void TakeAudio(in RtpHeader header, Span<byte> packet, AudioCodec codec, long now)
    {
        comfort.Heard(header);
        var payload = packet.Slice(header.PayloadOffset, header.PayloadLength);
        if (codec != Spoken)
        {
            Speaks(codec);
            room?.Wire();
        }
        var isLaw = Audio.IsLaw(codec);
        if (isLaw) Hear(header, payload, codec, now);
        else if (track is not null || Speech is not null || ear.Listens) Interpret(header, payload, now);
        if (!isLaw && IsKeyHidden) return; // in a law it was silenced in its place
        Hearers.Pass(header, packet, codec, now); // last: it may rewrite the payload
    }

    void TakeComfort(in RtpHeader header, ReadOnlySpan<byte> payload, long now)
    {
        interpreter?.Put(header, [], now); // its number is no loss
        comfort.Take(header, payload, now);
    }

    void SoundComfort(long now)
    {
        Span<byte> frame = stackalloc byte[Audio.FrameSamples];
        while (comfort.TryFrame(now, frame, AudioCodec.Pcmu, out var header))
        {
            track?.Take(header, frame, AudioCodec.Pcmu, now);
            Speech?.Take(header, frame, AudioCodec.Pcmu, now);
        }
    }

    bool IsKeyHidden => ear.HearsKey && (MutesTones || !PassesDigits);

    /// <summary>For keys as tones, which may have to be silenced for others, and for fax machines.</summary>
    void Listen(in RtpHeader header, Span<byte> payload, AudioCodec law, long place, long now)
    {
        if (ear.Take(header, payload, law, track, place, now, out var press)) Tell(press, KeySource.Tone);
        if (IsKeyHidden) payload.Fill(Audio.Silence(law));
    }

    void Speaks(AudioCodec codec)
    {
        Spoken = codec;
        if (interpreter?.Codec == codec) return;
        interpreter?.Dispose();
        interpreter = null;
    }

    void Interpret(in RtpHeader header, ReadOnlySpan<byte> payload, long now)
    {
        interpreter ??= new(Spoken, VoiceCodecs.Decoder(Spoken)!); // not before somebody needs it
        interpreter.Put(header, payload, now);
        TellInterpreted(now);
    }

    void TellInterpreted(long now)
    {
        Span<byte> codes = stackalloc byte[Audio.LongestPacket];
        while (interpreter!.TryTell(now, codes, out var told)) Hear(told, codes[..told.PayloadLength], AudioCodec.Pcmu, now);
    }

    /// <summary>What the party says, in a law and in order of its saying where its own codec is another.</summary>
    void Hear(in RtpHeader header, Span<byte> payload, AudioCodec law, long now)
    {
        var place = track?.Take(header, payload, law, now) ?? 0;
        Listen(header, payload, law, place, now);
        Speech?.Take(header, payload, law, now);
    }

    void TakeEvent(in RtpHeader header, Span<byte> packet, long now)
    {
        interpreter?.Put(header, [], now); // its number is no loss
        if (!DtmfEvent.TryRead(packet.Slice(header.PayloadOffset, header.PayloadLength), out var happened)) return;
        if (PassesDigits) Hearers.PassEvent(header, packet, happened, now);
        if (keys.TryEnd(header.Ssrc, header.Timestamp, happened, now, out var press)) Tell(press, KeySource.Event);
    }

    void TakeControl(in PeerName from, Span<byte> packet, long now)
    {
        // plain RTCP has no sequence of its own to prove; its first word does as little harm as any
        if (audio is null || secured is not null && !secured.In.TryUnprotectControl(ref packet) || !controlSource.Accept(from, 0, now, long.MaxValue)) return;
        reports.Take(packet, Output.Stream.Ssrc, Ntp(now), now, Audio.ClockUnits(Spoken));
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
            shard.Remove(this);
            return false;
        }
        if (interpreter is { IsWaiting: true }) TellInterpreted(now);
        if (comfort.IsOn && Audio.IsLaw(Spoken)) SoundComfort(now);
        track?.Tick(now);
        if (track is { } running && running.FallsQuiet(now, out var since)) Tell(new WentQuiet(handle, new(now), running.Id, new(since)));
        if (audio is null) return true;
        if (keys.TryExpire(now, out var press)) Tell(press, KeySource.Event);
        if (ear.TryExpire(now, out press)) Tell(press, KeySource.Tone);
        if (!lost && silenceTimeout > 0 && audio.Receives && now - heardAt > silenceTimeout)
        {
            lost = true;
            comfort.Stop();
            Tell(new MediaLost(handle, new(now), new(heardAt)));
        }
        if (now >= reports.Next) SendReport(now, goodbye: false);
        if (sound.Tick(now, statistics, reports) is { } window) Tell(new QualityMeasured(handle, new(now), window));
        Output.Tick(now, due);
        return true;
    }

    long ReportInterval => shard.Options.ReportInterval.Ticks * TimeSpan.NanosecondsPerTick;

    unsafe void SendReport(long now, bool goodbye)
    {
        reports.Schedule(now, ReportInterval, shard.Random);
        var to = controlSource.Destination;
        if (to.IsNone) return;
        var buffer = stackalloc byte[RtcpWriter.MaxSize + SrtpSender.MaxGrowth];
        var length = reports.Write(new(buffer, RtcpWriter.MaxSize), ref statistics, Output.Stream, Ntp(now), now, shard.Cname, goodbye, Audio.ClockUnits(Spoken));
        if (secured is not null) length = secured.Out.ProtectControl(new(buffer, RtcpWriter.MaxSize + SrtpSender.MaxGrowth), length);
        if (length == 0) return; // the key is worn out
        fixed (byte* name = to.Bytes) Libc.SendTo(Sockets.Rtcp, buffer, (nuint)length, 0, name, to.Length);
    }

    NtpTime Ntp(long now) => NtpTime.Of(shard.Clock.ToUtc(new(now)));

    void Tell(in KeyPress press, KeySource from)
    {
        if (DtmfKeys.TryKey(press.Code, out var key)) Tell(new DigitPressed(handle, new(press.End), key, new(press.Start), from));
    }

    void Tell(MediaEvent happened) => shard.Events.Happened(happened);

    LegFigures Figures() => new(statistics.Received, statistics.TotalLost, (double)statistics.Jitter / Audio.SamplesPerMs, Output.Sent, foreign, invalid,
        reports.Remote?.Lost, reports.Remote is { } r ? (double)r.Jitter / Audio.ClockUnits(Spoken) / Audio.SamplesPerMs : null, reports.RoundTrip);
}
