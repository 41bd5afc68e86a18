using System.Text;

namespace CallCenter.Domain.Tests.Chaos;

/// <summary>Counts how often each machine got each kind of event in each kind of state.</summary>
public sealed class Coverage
{
    private readonly Dictionary<(string Machine, string State, string Event), int> counts = [];

    public void Count(string machine, string state, string happened)
    {
        ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, (machine, state, happened), out _);
        count++;
    }

    public void Add(Coverage other)
    {
        foreach (var (key, count) in other.counts) counts[key] = counts.GetValueOrDefault(key) + count;
    }

    public int Of(string machine, string state, string happened) => counts.GetValueOrDefault((machine, state, happened));

    /// <summary>The table of one machine: a row per event, a column per state.</summary>
    public string Table(string machine, IEnumerable<string> states, IEnumerable<string> events)
    {
        var columns = states.ToList();
        var text = new StringBuilder($"{machine,-16}").AppendJoin("", columns.Select(c => $"{c,15}")).AppendLine();
        foreach (var row in events) text.Append($"{row,-16}").AppendJoin("", columns.Select(c => $"{Of(machine, c, row),15}")).AppendLine();
        return text.ToString();
    }
}
