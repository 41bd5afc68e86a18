using System.Globalization;
using System.Net;
using CallCenter.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Dtls;
using CallCenter.Media.Recording;
using CallCenter.Media.Sdp;

namespace CallCenter.Bench;

/// <summary>
/// <c>bench dtls [legs]</c>: so many legs of two engines shake hands at once, a storm that no edge sees: what a handshake costs, how long the loops stand still for
/// it, and what a leg's session keeps in memory.
/// </summary>
static class DtlsCost
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    sealed class Ear(int wanted) : IMediaEvents, ISegmentSink
    {
        readonly CountdownEvent heard = new(wanted);

        public bool WaitAll() => heard.Wait(patience);

        public void Happened(MediaEvent what)
        {
            if (what is FirstPacket) heard.Signal();
            else if (what is PeerGone { Why: not PeerLoss.Closed } gone) Console.Error.WriteLine(gone.Why);
        }

        public void Faulted(Exception bug) => Console.Error.WriteLine(bug);

        public bool TryKeep(in SegmentHead head, ReadOnlySpan<byte> plain) => true;
    }

    public static int Run(ReadOnlySpan<string> args)
    {
        var legs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;
        Console.WriteLine("legs  all secured after ms  µs CPU/handshake (each side)  worst stall ms: servers, clients  kB/leg");
        foreach (var n in new[] { 10, legs }) Measure(n); // the first warms
        return 0;
    }

    static void Measure(int legs)
    {
        var (near, far) = (new Ear(legs), new Ear(legs));
        using var servers = new MediaEngine(new() { PortFirst = 17_000, PortLast = 22_999, BindAddress = IPAddress.Loopback, Shards = 1 }, near, near, TimeProvider.System);
        using var clients = new MediaEngine(new() { PortFirst = 23_000, PortLast = 28_999, BindAddress = IPAddress.Loopback, Shards = 1 }, far, far, TimeProvider.System);
        List<(MediaLeg Server, MediaLeg Client)> pairs = [];
        for (var i = 0; i < legs; i++)
        {
            if (!servers.TryOpenLeg(i, null, out var server, out _) || !clients.TryOpenLeg(i, null, out var client, out _)) throw new InvalidOperationException("no leg");
            pairs.Add((server, client));
        }
        var (memory, cpu, began) = (Environment.WorkingSet, MediaRelay.LoopCpu(), MediaClock.Now);
        foreach (var (server, client) in pairs)
        {
            server.SetRemote(Settled(client, DtlsRole.Server));
            client.SetRemote(Settled(server, DtlsRole.Client));
        }
        var all = near.WaitAll() & far.WaitAll();
        var took = MediaClock.Now - began;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{legs,4}  {(all ? took.TotalMilliseconds : double.NaN),20:F0}  {(MediaRelay.LoopCpu() - cpu) / 1000.0 / legs / 2,28:F0}  {servers.Figures.WorstStall / 1e6,17:F1}, {clients.Figures.WorstStall / 1e6:F1}  {(Environment.WorkingSet - memory) / 1024.0 / legs / 2,8:F0}"));
    }

    static NegotiatedAudio Settled(MediaLeg peer, DtlsRole role)
    {
        var types = new PayloadTypes((byte)AudioCodec.Pcmu, null, 101);
        return new(AudioCodec.Pcmu, types, types, peer.Local, null, MediaDirection.SendReceive) { Dtls = new(role, [peer.Dtls!.Fingerprint], null, null, true) };
    }
}
