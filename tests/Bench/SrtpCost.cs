using System.Globalization;
using CallCenter.Media.Rtp;
using CallCenter.Media.Srtp;

namespace CallCenter.Bench;

/// <summary><c>bench srtp</c>: CPU to secure and to open one packet of 172 bytes, by suite; the median of nine rounds.</summary>
static class SrtpCost
{
    const int Packets = 40_000, Rounds = 9;

    public static int Run()
    {
        Measure(SrtpSuite.All[0]); // for the compiler
        Console.WriteLine("suite                     protect ns  unprotect ns  both µs  allocated B/packet");
        foreach (var suite in SrtpSuite.All)
        {
            var (there, back, allocated) = Measure(suite);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{suite.Name,-25} {there,10:F0}  {back,12:F0}  {(there + back) / 1000,7:F2}  {(double)allocated / Packets,18:F4}"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"keys of a leg, both directions: {Sessions() / 1000:F0} µs"));
        return 0;
    }

    /// <summary>ns to derive the session keys of a leg and to let them go.</summary>
    static double Sessions()
    {
        const int sessions = 2000;
        var suite = SrtpSuite.All[0];
        var keys = new SrtpKeys(suite, SrtpMasterKey.Create(suite), SrtpMasterKey.Create(suite));
        var start = Cpu();
        for (var i = 0; i < sessions; i++) new SrtpSession(keys).Dispose();
        return (double)(Cpu() - start) / sessions;
    }

    /// <summary>ns to secure and to open, and bytes allocated in a round.</summary>
    static (double Protect, double Unprotect, long Allocated) Measure(SrtpSuite suite)
    {
        var key = SrtpMasterKey.Create(suite);
        using var sender = new SrtpSender(suite, key);
        using var receiver = new SrtpReceiver(suite, key);
        var packet = new byte[RtpHeader.Size + 160];
        var secured = new byte[Packets][];
        for (var i = 0; i < Packets; i++) secured[i] = new byte[packet.Length + suite.TagSize];
        var room = new byte[300];
        List<double> protect = [], unprotect = [];
        ushort sequence = 0;
        var allocated = 0L;
        for (var round = 0; round < Rounds + 2; round++)
        {
            var start = Cpu();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Packets; i++)
            {
                RtpHeader.Write(packet, false, 0, sequence++, 0, 1);
                if (!sender.TryProtect(packet, room, out var made)) throw new InvalidOperationException("not secured");
                made.CopyTo(secured[i]);
            }
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            var between = Cpu();
            before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var one in secured)
            {
                var opened = one.AsSpan();
                if (!receiver.TryUnprotect(ref opened)) throw new InvalidOperationException("not opened");
            }
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            var end = Cpu();
            if (round < 2) continue; // tiered compilation
            protect.Add((double)(between - start) / Packets);
            unprotect.Add((double)(end - between) / Packets);
        }
        return (Median(protect), Median(unprotect), allocated);
    }

    /// <summary>ns of this thread on a processor.</summary>
    static long Cpu() => long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture);

    static double Median(List<double> all) => all.Order().ElementAt(all.Count / 2);
}
