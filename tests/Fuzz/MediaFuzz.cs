using System.Globalization;
using System.Net;
using CallCenter.Kit.Fuzzing;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Rtp;
using CallCenter.Media.Sdp;
using CallCenter.Media.Srtp;

namespace CallCenter.Fuzz;

/// <summary>
/// <c>fuzz media [--seed n] [--count n]</c>: damaged SDP, RTP, RTCP, their secured kinds, STUN and ICE's checks. Nothing may escape, and what is read must come back the same when it is
/// written and read again.
/// </summary>
static class MediaFuzz
{
    static readonly LocalAudio us = new(7, new(IPAddress.Loopback, 20_000), LocalAudio.Spoken);

    static readonly SdpSession securedOffer = OfferAnswer.Offer(us with { RequiresSrtp = true });

    public static int Run(ReadOnlySpan<string> args)
    {
        var (seed, count) = (1, 200_000);
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            var value = int.Parse(args[i + 1], CultureInfo.InvariantCulture);
            if (args[i] == "--seed") seed = value;
            else if (args[i] == "--count") count = value;
        }
        var mutator = new ByteMutator(seed);
        Report("SDP", count / 2, () => Sdp(mutator.Next(MediaSamples.Sdp)));
        Report("RTP", count / 4, () => Rtp(mutator.Next(MediaSamples.Rtp)));
        Report("RTCP", count / 4, () => Rtcp(mutator.Next(MediaSamples.Rtcp)));
        var ice = new IceFuzz(mutator);
        Report("STUN", count / 4, ice.Message);
        Report("ICE", count / 20, ice.Check);
        foreach (var suite in SrtpSuite.All)
        {
            using var secured = new SrtpFuzz(suite, mutator);
            Report(suite.Name, count / 20, secured.Once);
        }
        return 0;
    }

    static void Report(string what, int count, Func<bool> once)
    {
        var read = 0;
        for (var i = 0; i < count; i++) read += once() ? 1 : 0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {count} messages, {100.0 * read / count:F1} % read"));
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
        return true;
    }

    static bool Rtp(byte[] packet)
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

    static bool Rtcp(byte[] compound)
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
