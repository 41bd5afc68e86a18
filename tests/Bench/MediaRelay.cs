using System.Globalization;
using System.Net;
using CallCenter.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Recording;
using CallCenter.Media.Sdp;
using CallCenter.Media.Srtp;

namespace CallCenter.Bench;

/// <summary>
/// <c>bench relay [calls …] [--seconds n] [--shards n] [--nice n] [--hogs n] [--epoll] [--record] [--srtp] [--conference | --monitored]</c>: bridged G.711 calls, all
/// parties at 50 packets a second; with a third who talks too, or who only listens; beside programs that take what processor they are given; without the ring. CPU is the loop threads' own, from /proc, so that the generator in the same process does not
/// count. Delay and loss are those of straight packets: a sum carries no stamp.
/// </summary>
static class MediaRelay
{
    sealed class Sink : IMediaEvents, ISegmentSink
    {
        public void Happened(MediaEvent what) { }

        public void Faulted(Exception bug) => Console.Error.WriteLine(bug);

        public bool TryKeep(in SegmentHead head, ReadOnlySpan<byte> plain) => true;
    }

    public static int Run(ReadOnlySpan<string> args)
    {
        List<int> calls = [];
        var (seconds, hogs, record, secured, third) = (8, 0, false, false, default(RoomVoice?));
        var options = new MediaOptions { PortFirst = 17_000, PortLast = 31_999, BindAddress = IPAddress.Loopback, Shards = 1 };
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--seconds") seconds = int.Parse(args[++i], CultureInfo.InvariantCulture);
            else if (args[i] == "--shards") options = options with { Shards = int.Parse(args[++i], CultureInfo.InvariantCulture) };
            else if (args[i] == "--nice") options = options with { RealTime = false, Niceness = int.Parse(args[++i], CultureInfo.InvariantCulture) };
            else if (args[i] == "--epoll") options = options with { Ring = false };
            else if (args[i] == "--hogs") hogs = int.Parse(args[++i], CultureInfo.InvariantCulture);
            else if (args[i] == "--record") record = true;
            else if (args[i] == "--srtp") secured = true;
            else if (args[i] == "--conference") third = RoomVoice.Everyone;
            else if (args[i] == "--monitored") third = RoomVoice.Nobody;
            else calls.Add(int.Parse(args[i], CultureInfo.InvariantCulture));
        }
        if (calls.Count == 0) calls.AddRange([100, 300, 1000]);
        Console.WriteLine("calls  packets/s  lost  µs CPU/packet  % core/100 calls  allocated B/packet  kB/call  delay µs p50  p99  max  stall ms  % core: loops parties");
        foreach (var n in calls) Measure(options, n, seconds, record, secured, third, hogs);
        return 0;
    }

    static void Measure(MediaOptions options, int calls, int seconds, bool record, bool secured, RoomVoice? third, int hogs)
    {
        var sink = new Sink();
        var before = Memory();
        using var engine = new MediaEngine(options, sink, sink, TimeProvider.System);
        using var load = new MediaLoad((third is null ? 2 : 3) * calls);
        for (var call = 0; call < calls; call++) Open(engine, load, call, calls, third, record, secured);
        var memory = Memory() - before;
        load.Start();
        load.Run(TimeSpan.FromSeconds(2)); // warm: tiered compilation, latching
        var (cpu, parties, sent, allocated) = (LoopCpu(), CpuOf("load"), engine.Figures.Sent, engine.LoopAllocations);
        engine.TakeWorstStall();
        using var beside = new Hogs(hogs);
        load.Reset();
        load.Run(TimeSpan.FromSeconds(seconds));
        (cpu, parties) = (LoopCpu() - cpu, CpuOf("load") - parties);
        sent = engine.Figures.Sent - sent;
        allocated = engine.LoopAllocations - allocated;
        var d = load.Delays;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{calls,5}  {sent / seconds,9}  {load.Lost,4}  {cpu / 1000.0 / sent,13:F2}  {cpu / 1e7 / seconds / calls * 100,16:F2}  {(double)allocated / sent,18:F4}  {memory / 1024 / calls,7}  {d.Percentile(.5),12:F0} {d.Percentile(.99),5:F0} {d.Percentile(1),5:F0}  {engine.TakeWorstStall() / 1e6,8:F1}  {cpu / 1e7 / seconds,6:F0} {parties / 1e7 / seconds,7:F0}"));
        load.Stop();
    }

    /// <summary>Parties who talk are numbered first, and those besides in the third part.</summary>
    static void Open(MediaEngine engine, MediaLoad load, int call, int calls, RoomVoice? third, bool record, bool secured)
    {
        List<MediaMember> members = [];
        foreach (var party in third is null ? [2 * call, 2 * call + 1] : new[] { 2 * call, 2 * call + 1, 2 * calls + call })
        {
            if (!engine.TryOpenLeg(call, null, out var leg, out var refusal)) throw new InvalidOperationException(refusal.ToString());
            var types = new PayloadTypes((byte)AudioCodec.Pcmu, null, 101);
            var keys = secured ? Keys() : (null, null);
            leg.SetRemote(new(AudioCodec.Pcmu, types, types, load.Local(party), null, MediaDirection.SendReceive) { Keys = keys.Near });
            members.Add(new(leg, members.Count == 2 ? third!.Value : RoomVoice.Everyone));
            if (record) leg.Record(TrackId.New(), MediaClock.Now);
            load.Connect(party, leg.Local, stamped: third != RoomVoice.Everyone && members.Count < 3, keys.Far);
        }
        engine.OpenRoom(call).Set(members);
    }

    static (SrtpKeys? Near, SrtpKeys? Far) Keys()
    {
        var suite = SrtpSuite.All[0];
        var (ours, theirs) = (SrtpMasterKey.Create(suite), SrtpMasterKey.Create(suite));
        return (new(suite, ours, theirs), new(suite, theirs, ours));
    }

    static long Memory() => Environment.WorkingSet;

    internal static long LoopCpu() => CpuOf("media-");

    /// <summary>ns on a processor of the threads whose names begin so: the first field of schedstat.</summary>
    static long CpuOf(string name) => Directory.GetDirectories("/proc/self/task")
        .Where(t => File.ReadAllText(Path.Combine(t, "comm")).StartsWith(name, StringComparison.Ordinal))
        .Sum(t => long.Parse(File.ReadAllText(Path.Combine(t, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture));
}
