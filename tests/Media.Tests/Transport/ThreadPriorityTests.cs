using System.Globalization;
using System.Net;
using CallCenter.Media.Recording;

namespace CallCenter.Media.Tests.Transport;

public sealed class ThreadPriorityTests
{
    const int FirstFieldBehindName = 3, NicenessField = 19, PolicyField = 41, RoundRobin = 2; // proc(5): /proc/pid/stat

    sealed class Nobody : IMediaEvents, ISegmentSink
    {
        public void Happened(MediaEvent what) { }

        public void Faulted(Exception bug) => Assert.Fail(bug.ToString());

        public bool TryKeep(in SegmentHead head, ReadOnlySpan<byte> plain) => true;
    }

    /// <summary>To go behind others, and again before them, is what only some processes may: what is asked for here every one may.</summary>
    [Fact]
    public void Loops_have_the_niceness_they_are_told() => Loops(new() { RealTime = false, Niceness = 17 }, NicenessField, 17, there => there == 2);

    /// <summary>Where this process may have none, it is the niceness that counts.</summary>
    [Fact]
    public void Loops_run_in_real_time_where_the_process_may_have_it()
    {
        var mayHave = false;
        var asks = new Thread(() => mayHave = ThreadOrder.TryRealTime());
        asks.Start();
        asks.Join();
        if (mayHave) Loops(new() { Niceness = 18 }, PolicyField, RoundRobin, there => there >= 2); // those of other tests too
        else Loops(new() { Niceness = 18 }, NicenessField, 18, there => there == 2);
    }

    static void Loops(MediaOptions options, int field, int value, Predicate<int> areThere)
    {
        var nobody = new Nobody();
        using var engine = new MediaEngine(options with { PortFirst = 30_900, PortLast = 30_901, BindAddress = IPAddress.Loopback, Shards = 2, Dtls = false }, nobody, nobody, TimeProvider.System);
        var there = 0;
        Assert.True(SpinWait.SpinUntil(() => areThere(there = Loops(field).Count(n => n == value)), TimeSpan.FromSeconds(20)), $"{there} of 2 loops with {value} in field {field}");
    }

    static IEnumerable<int> Loops(int field) => Directory.GetDirectories("/proc/self/task").Select(Stat).Where(s => s.Contains("(media-", StringComparison.Ordinal))
        .Select(s => int.Parse(s[(s.LastIndexOf(')') + 2)..].Split(' ')[field - FirstFieldBehindName], CultureInfo.InvariantCulture));

    /// <summary>Empty for one that ended meanwhile.</summary>
    static string Stat(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "stat"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    [Theory]
    [InlineData(-21)]
    [InlineData(20)]
    public void Beyond_what_there_is_is_a_fault(int niceness) => Assert.Contains(new MediaOptions { Niceness = niceness }.Faults(), f => f.Contains("Niceness", StringComparison.Ordinal));
}
