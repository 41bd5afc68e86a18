using System.Globalization;
using System.Net;
using CallCenter.Kit.Fuzzing;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Rtp;
using CallCenter.Media.Sdp;
using CallCenter.Media.Srtp;

namespace CallCenter.Fuzz;

/// <summary>
/// <c>fuzz media [--seed n] [--count n] [--seconds n]</c>: damaged SDP, RTP, RTCP, their secured kinds, STUN, ICE's checks and DTLS, to the readers and to a running engine.
/// Nothing may escape, and what is read must come back the same when it is written and read again. A new protocol is one line in <see cref="Targets"/>.
/// </summary>
static class MediaFuzz
{
    static readonly LocalAudio us = new(7, new(IPAddress.Loopback, 20_000), LocalAudio.Spoken) { Dtls = new(new("sha-256", new('A', 64)), new(IPAddress.Loopback, 4000), new("ours", "ourpasswordourpassword")) };

    static readonly SdpSession securedOffer = OfferAnswer.Offer(us with { RequiresSrtp = true }), dtlsOffer = OfferAnswer.Offer(us with { RequiresDtls = true });

    public static int Run(ReadOnlySpan<string> args)
    {
        var (seed, count, seconds) = (1, 0, 0);
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            var value = int.Parse(args[i + 1], CultureInfo.InvariantCulture);
            if (args[i] == "--seed") seed = value;
            else if (args[i] == "--count") count = value;
            else if (args[i] == "--seconds") seconds = value;
        }
        if (count == 0 && seconds == 0) count = 200_000;
        List<IDisposable> held = [];
        try
        {
            return new FuzzRun([.. Targets(new(seed), held)]).Run(count, seconds > 0 ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromDays(1));
        }
        finally
        {
            foreach (var one in held) one.Dispose();
        }
    }

    /// <param name="held">What must be disposed of in the end.</param>
    static IEnumerable<FuzzTarget> Targets(ByteMutator mutator, List<IDisposable> held)
    {
        yield return new("SDP", 400, () => Sdp(mutator.Next(MediaSamples.Sdp)));
        yield return new("RTP", 400, () => Rtp(mutator.Next(MediaSamples.Rtp)));
        yield return new("RTCP", 400, () => Rtcp(mutator.Next(MediaSamples.Rtcp)));
        var ice = new IceFuzz(mutator);
        yield return new("STUN", 400, ice.Message);
        yield return new("ICE", 100, ice.Check);
        var dtls = new DtlsFuzz(mutator);
        held.Add(dtls);
        yield return new("DTLS", 3, dtls.Once);
        var leg = new DtlsLegFuzz(mutator);
        held.Add(leg);
        yield return new("a leg by DTLS", 50, leg.Once);
        foreach (var suite in SrtpSuite.All)
        {
            var secured = new SrtpFuzz(suite, mutator);
            held.Add(secured);
            yield return new(suite.Name, 100, secured.Once);
            yield return new($"{suite.Name}, nonsense under a valid tag", 100, secured.Sealed);
        }
        var engine = new EngineFuzz(mutator);
        held.Add(engine);
        yield return new("engine", 200, engine.Once);
    }

    static bool Sdp(byte[] text)
    {
        if (!SdpReader.TryRead(text, out var session, out _)) return false;
        var written = SdpWriter.Write(session);
        if (SdpReader.TryRead(written, out var again, out var fault)) Demand(SdpWriter.Write(again).AsSpan().SequenceEqual(written), "SDP changes when read again", text);
        else Demand(fault is SdpFault.TooLong or SdpFault.TooManyLines, $"our own SDP is refused: {fault}", text);
        if (OfferAnswer.TryAnswer(session, us, null, out var answer, out _))
        {
            Demand(answer.Session.Media.Count == session.Media.Count, "an answer has as many lines as the offer", text);
            Demand(SdpReader.TryRead(answer.ToBytes(), out _, out _), "our answer cannot be read", text);
        }
        OfferAnswer.TryAccept(OfferAnswer.Offer(us), session, out _, out _);
        OfferAnswer.TryAccept(securedOffer, session, out _, out _);
        OfferAnswer.TryAccept(dtlsOffer, session, out _, out _);
        return true;
    }

    public static bool Rtp(byte[] packet)
    {
        if (!RtpHeader.TryRead(packet, out var header)) return false;
        var payload = packet.AsSpan(header.PayloadOffset, header.PayloadLength);
        DtmfEvent.TryRead(payload, out _);
        var plain = new byte[RtpHeader.Size + payload.Length];
        RtpHeader.Write(plain, header.Marker, header.PayloadType, header.Sequence, header.Timestamp, header.Ssrc);
        payload.CopyTo(plain.AsSpan(RtpHeader.Size));
        Demand(RtpHeader.TryRead(plain, out var again) && again == header with { PayloadOffset = RtpHeader.Size }, "RTP changes when read again", packet);
        return true;
    }

    public static bool Rtcp(byte[] compound)
    {
        if (!RtcpReader.TryOpen(compound, out var reader)) return false;
        var size = 0;
        while (reader.TryNext(out var packet))
        {
            size += 4 + packet.Body.Length;
            packet.TryReadSsrc(out _);
            packet.TryReadSenderTime(out _);
            for (var i = 0; packet.TryReadReport(i, out _); i++) Demand(i < 31, "a report has 31 blocks at most", compound);
            if (packet.TryOpenBlocks(out var blocks)) Xr(blocks, compound);
        }
        Demand(size == compound.Length, "a compound is its packets", compound);
        return true;
    }

    static void Xr(XrReader blocks, byte[] compound)
    {
        Span<byte> written = stackalloc byte[StatisticsSummary.Size];
        while (blocks.TryNext(out var block))
        {
            if (block.TryReadVoipMetrics(out var metrics))
            {
                metrics.Write(written);
                Demand(VoipMetrics.Read(written) == metrics, "VoIP metrics change when read again", compound);
            }
            if (!block.TryReadStatistics(out var summary)) continue;
            summary.Write(written);
            Demand(StatisticsSummary.Read(written) == summary, "a statistics summary changes when read again", compound);
        }
    }

    public static void Demand(bool holds, string rule, byte[] message)
    {
        if (!holds) throw new InvalidOperationException($"{rule}: {Convert.ToHexString(message)}");
    }
}
