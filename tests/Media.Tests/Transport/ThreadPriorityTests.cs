using System.Globalization;
using System.Net;
using CallCenter.Media.Recording;

namespace CallCenter.Media.Tests.Transport;

public sealed class ThreadPriorityTests
{
    const int FirstFieldBehindName = 3, NicenessField = 19; // proc(5): /proc/pid/stat

    sealed class Nobody : IMediaEvents, ISegmentSink
    {
        public void Happened(MediaEvent what) { }

        public void Faulted(Exception bug) => Assert.Fail(bug.ToString());

        public bool TryKeep(in SegmentHead head, ReadOnlySpan<byte> plain) => true;
    }

    /// <summary>To go behind others, and again before them, is what only some processes may: what is asked for here every one may.</summary>
    [Fact]
    public void Loops_have_the_niceness_they_are_told()
    {
        var (nobody, niceness) = (new Nobody(), 17);
        using var engine = new MediaEngine(new() { PortFirst = 30_900, PortLast = 30_901, BindAddress = IPAddress.Loopback, Shards = 2, Niceness = niceness, Dtls = false }, nobody, nobody, TimeProvider.System);
        var niced = 0;
        Assert.True(SpinWait.SpinUntil(() => (niced = Loops().Count(n => n == niceness)) == 2, TimeSpan.FromSeconds(20)), $"{niced} of 2 loops at {niceness}");
    }

    static IEnumerable<int> Loops() => Directory.GetDirectories("/proc/self/task").Select(Stat).Where(s => s.Contains("(media-", StringComparison.Ordinal))
        .Select(s => int.Parse(s[(s.LastIndexOf(')') + 2)..].Split(' ')[NicenessField - FirstFieldBehindName], CultureInfo.InvariantCulture));

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
