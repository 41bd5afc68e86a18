namespace CallCenter.Api.Live;

/// <summary>The newest events of one tenant, numbered 1, 2, 3 …; the oldest go first.</summary>
/// <remarks>Not for several threads at once.</remarks>
internal sealed class LiveRing(int capacity)
{
    private readonly LiveEvent[] events = new LiveEvent[capacity];

    /// <summary>The number of the newest; 0 = none yet.</summary>
    public long Last { get; private set; }

    public void Add(LiveEvent happened) => events[++Last % capacity] = happened;

    /// <summary>Whether everything behind this number is still here.</summary>
    public bool Reaches(long number) => number >= 0 && number <= Last && Last - number <= capacity;

    /// <summary>What a view sees of the events behind a number.</summary>
    /// <param name="most">So many are taken at once.</param>
    /// <param name="upTo">How far was looked: where the next look begins.</param>
    public List<LiveEvent> After(long number, LiveView view, int most, out long upTo)
    {
        var found = new List<LiveEvent>();
        for (upTo = number; upTo < Last && found.Count < most;)
            if (events[++upTo % capacity] is var happened && view.Sees(happened)) found.Add(happened);
        return found;
    }
}
