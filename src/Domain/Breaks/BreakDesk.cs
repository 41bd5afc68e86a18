namespace CallCenter.Domain.Breaks;

/// <summary>
/// The breaks of one team: a quota counted as a set of leased agents, and the line of those who wait, in the order of asking. Its memory is soft: agents
/// on a break and in the line say so anew within <see cref="Lease"/>, and who does not is forgotten, so that a crash leaks nothing. An event in, words for agents out.
/// </summary>
public sealed class BreakDesk
{
    /// <summary>Who is not heard of for so long has no break and waits for none.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private sealed record Waiting(AgentId Agent, DateTimeOffset Since, DateTimeOffset? First, DateTimeOffset Heard);

    private readonly Dictionary<AgentId, DateTimeOffset> leases = [];
    private readonly List<Waiting> line = [];
    private readonly Dictionary<AgentId, int> told = [];

    /// <summary>So many at once; null = all who wish.</summary>
    public int? Quota { get; set; }

    /// <summary>When <see cref="Settle"/> must be called again; null = nothing is waited for.</summary>
    public DateTimeOffset? Deadline
    {
        get
        {
            DateTimeOffset? first = null;
            foreach (var until in leases.Values)
                if (first is null || until < first) first = until;
            foreach (var one in line)
                if (first is null || one.Heard + Lease < first) first = one.Heard + Lease;
            return first;
        }
    }

    /// <summary>An agent asks for a break, or says anew that it waits. Null: it may go; else its place in the line.</summary>
    /// <param name="since">When it first asked.</param>
    /// <param name="first">Since when it goes before those who only asked, of these the last first; null: in the order of asking.</param>
    public int? Claim(AgentId agent, DateTimeOffset since, DateTimeOffset now, DateTimeOffset? first = null)
    {
        Drop(now);
        if (leases.ContainsKey(agent))
        {
            leases[agent] = now + Lease;
            return null;
        }
        Wait(agent, since, now, first);
        if (PlaceOf(agent) == 1 && IsRoom) return Go(agent, now);
        return told[agent] = PlaceOf(agent);
    }

    /// <summary>An agent says that it waits; after a start, when who may go is seen only once all have spoken (<see cref="Settle"/>).</summary>
    public void Wait(AgentId agent, DateTimeOffset since, DateTimeOffset now, DateTimeOffset? first = null)
    {
        var known = line.Find(one => one.Agent == agent);
        if (known is not null) line.Remove(known);
        Insert(new(agent, known?.Since ?? since, first ?? known?.First, now));
    }

    /// <summary>An agent is on a break, whatever the quota says.</summary>
    public void Hold(AgentId agent, DateTimeOffset now)
    {
        line.RemoveAll(one => one.Agent == agent);
        leases[agent] = now + Lease;
    }

    /// <summary>An agent's break is over, or it wants none any more.</summary>
    public void End(AgentId agent)
    {
        leases.Remove(agent);
        line.RemoveAll(one => one.Agent == agent);
        told.Remove(agent);
    }

    /// <summary>Lets go whoever may, and says who has another place than before.</summary>
    public Items<BreakWord> Settle(DateTimeOffset now)
    {
        Drop(now);
        var words = new List<BreakWord>();
        while (line is [var first, ..] && IsRoom)
        {
            Go(first.Agent, now);
            words.Add(new(first.Agent, null));
        }
        for (var i = 0; i < line.Count; i++)
        {
            if (told.TryGetValue(line[i].Agent, out var before) && before == i + 1) continue;
            told[line[i].Agent] = i + 1;
            words.Add(new(line[i].Agent, i + 1));
        }
        return words.ToItems();
    }

    private bool IsRoom => Quota is not { } most || leases.Count < most;

    private int? Go(AgentId agent, DateTimeOffset now)
    {
        Hold(agent, now);
        told.Remove(agent);
        return null;
    }

    private int PlaceOf(AgentId agent) => line.FindIndex(one => one.Agent == agent) + 1;

    private void Insert(Waiting waiting)
    {
        var at = line.Count;
        while (at > 0 && IsBefore(waiting, line[at - 1])) at--;
        line.Insert(at, waiting);
    }

    private static bool IsBefore(Waiting one, Waiting other)
    {
        if (one.First != other.First) return other.First is null || one.First > other.First;
        return one.Since != other.Since ? one.Since < other.Since : string.CompareOrdinal(one.Agent.Value, other.Agent.Value) < 0;
    }

    private void Drop(DateTimeOffset now)
    {
        foreach (var (agent, until) in leases)
            if (until <= now) leases.Remove(agent);
        line.RemoveAll(one => one.Heard + Lease <= now);
    }
}

/// <param name="Place">Null: the break may begin.</param>
public readonly record struct BreakWord(AgentId Agent, int? Place);
