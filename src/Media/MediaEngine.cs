using System.Net;
using System.Security.Cryptography;
using CallCenter.Media.Dtls;
using CallCenter.Media.Ice;
using CallCenter.Media.Recording;
using CallCenter.Media.Sdp;
using CallCenter.Media.Transport;
using CallCenter.Media.Transport.Ring;

namespace CallCenter.Media;

/// <summary>Why no leg could be opened.</summary>
public enum LegRefusal
{
    None,

    /// <summary>Every port pair of the range is in use: SIP 503.</summary>
    PortsExhausted,

    /// <summary>The system gives no more sockets: SIP 503.</summary>
    NoSockets,
}

/// <summary>
/// The media of one edge: legs, rooms, prompts, digits, recording, on its own loop threads. Commands come from one signalling thread;
/// events go to <see cref="IMediaEvents"/>. It knows codecs and ports, not calls or tenants.
/// </summary>
public sealed class MediaEngine : IDisposable
{
    readonly MediaOptions options;
    readonly PortRange ports;
    readonly MediaShard[] shards;
    readonly SegmentWriter segments;
    readonly IPAddress advertised;
    readonly DtlsIdentity? identity;
    readonly StreamDoor? door;
    long legs;

    /// <exception cref="ArgumentException">The options have faults (<see cref="MediaOptions.Faults"/>).</exception>
    /// <exception cref="IOException"><see cref="MediaOptions.StreamPort"/> cannot be had.</exception>
    public MediaEngine(MediaOptions options, IMediaEvents events, ISegmentSink sink, TimeProvider time)
    {
        if (options.Faults().FirstOrDefault() is { } fault) throw new ArgumentException(fault, nameof(options));
        this.options = options;
        Clock = new(time);
        ports = new(options);
        identity = options.Dtls ? DtlsIdentity.TryCreate(time) : null;
        if (identity is not null && options.StreamPort is { } port) door = new(options.BindAddress, port, events);
        advertised = options.AdvertisedAddress ?? PortRange.AddressFor(options.BindAddress);
        segments = new(Clock, sink, events, options.RecordingBuffers);
        var count = options.Shards > 0 ? options.Shards : Math.Max(1, Environment.ProcessorCount / 2);
        shards = [.. Enumerable.Range(0, count).Select(i => new MediaShard(i, options, events, Clock, ports, segments, Cname(), identity))];
        foreach (var shard in shards) shard.Start();
    }

    public MediaClock Clock { get; }

    /// <summary>Sums over all loop threads, for metrics.</summary>
    public MediaFigures Figures => shards.Aggregate(segments.Figures, (sum, shard) => sum + shard.Figures);

    /// <summary>Bytes the loop threads ever allocated; packets must not add to it.</summary>
    internal long LoopAllocations => shards.Sum(s => s.Allocated);

    /// <summary>The worst stall of all loop threads since this was asked last, ns.</summary>
    public long TakeWorstStall() => shards.Max(s => s.TakeWorstStall());

    /// <summary>
    /// From now on the commands of the calling thread are carried out at its next <see cref="Flush"/>, or a little before: one that gives several in a row
    /// wakes the loops once.
    /// </summary>
    public void Gather()
    {
        foreach (var shard in shards) shard.Gather();
    }

    /// <summary>On the thread that called <see cref="Gather"/>, before it rests.</summary>
    public void Flush()
    {
        foreach (var shard in shards) shard.Flush();
    }

    /// <summary>Opens a leg with a bound port pair, at once.</summary>
    /// <param name="group">Legs and rooms that may ever meet share it (the call); it picks the loop thread.</param>
    /// <param name="owner">Comes back with each event (<see cref="MediaLeg.Owner"/>).</param>
    public bool TryOpenLeg(long group, object? owner, out MediaLeg leg, out LegRefusal refusal)
    {
        leg = null!;
        refusal = ports.TryOpen(out var sockets);
        if (refusal != LegRefusal.None) return false;
        leg = new(++legs, owner, new(advertised, sockets.Port), ShardOf(group), sockets, AbilityOf(), door);
        return true;
    }

    /// <summary>A leg that stands by between calls comes to the loop of a group, whose rooms it may enter from then on.</summary>
    public void Move(MediaLeg leg, long group) => leg.MoveTo(ShardOf(group));

    /// <summary>The kernel has a ring of packets for this process; see <see cref="MediaOptions.Ring"/>.</summary>
    public static bool CanUseRing
    {
        get
        {
            using var ring = PacketRing.TryOpen();
            return ring is not null;
        }
    }

    /// <summary>OpenSSL 3 is installed.</summary>
    public static bool CanSpeakDtls => LibSsl.IsInstalled;

    /// <summary>False: DTLS is switched off, or OpenSSL is not installed.</summary>
    public bool SpeaksDtls => identity is not null;

    DtlsAbility? AbilityOf() => identity is null ? null : new(identity.Fingerprint, door is null ? null : new(advertised, door.Port));

    public MediaRoom OpenRoom(long group) => new(ShardOf(group));

    /// <summary>Closes every leg, hands over what was recorded, and ends the threads.</summary>
    public void Dispose()
    {
        door?.Dispose();
        foreach (var shard in shards) shard.Stop();
        segments.Stop();
        identity?.Dispose();
    }

    MediaShard ShardOf(long group) => shards[(int)((ulong)group % (ulong)shards.Length)];

    /// <summary>Random per process, so that it tells nobody anything (RFC 7022 §4.2).</summary>
    static byte[] Cname() => System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)));
}
