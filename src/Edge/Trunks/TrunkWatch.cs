namespace CallCenter.Edge.Trunks;

/// <summary>
/// How the trunks are: those that want it are asked by OPTIONS every 30 s (RFC 3261 §11), and what becomes of the calls over each is counted. Who does not answer is
/// told of at once. Lives on the loop.
/// </summary>
/// <param name="changed">A trunk came or went.</param>
sealed class TrunkWatch(EdgeCore edge, Action changed)
{
    /// <summary>How often it is looked whose turn it is: so soon a new trunk is asked.</summary>
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    readonly Dictionary<string, TrunkCourse> known = new(StringComparer.Ordinal);

    /// <summary>Asks from now on.</summary>
    public void Live() => _ = Round();

    async Task Round()
    {
        await Ask();
        edge.Loop.Schedule(Pace, Live);
    }

    /// <param name="all">Not only whose turn it is.</param>
    public async Task Ask(bool all = false)
    {
        try
        {
            var probes = await edge.Directory.Probed();
            foreach (var (name, course) in known)
                if (!probes.Any(probe => probe.Trunk == name)) course.Forget();
            foreach (var probe in probes) Of(probe.Trunk).Ask(probe.Target, all);
        }
        catch (Exception fault) // an outage of the grains: the next round asks again
        {
            edge.Log.TrunksNotRead(fault.GetType().Name);
        }
    }

    public void Began(string trunk) => Of(trunk).Began();

    /// <param name="told">How the leg ended.</param>
    public void Ended(string trunk, CallEvent told) => Of(trunk).Ended(told as NotPickedUp);

    /// <summary>From any thread.</summary>
    public Task<Items<TrunkReport>> Reports()
    {
        var asked = new TaskCompletionSource<Items<TrunkReport>>(TaskCreationOptions.RunContinuationsAsynchronously);
        edge.Loop.Post(() => asked.SetResult(known.Values.Select(course => course.Report()).ToItems()));
        return asked.Task;
    }

    TrunkCourse Of(string trunk)
    {
        if (!known.TryGetValue(trunk, out var course)) known.Add(trunk, course = new(edge, trunk, changed));
        return course;
    }
}
