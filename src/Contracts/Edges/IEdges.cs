namespace CallCenter.Contracts.Edges;

/// <summary>The edges of this process, as whoever starts and stops it sees them.</summary>
public interface IEdges
{
    /// <summary>All of them listen and are known to the grains.</summary>
    bool Ready { get; }

    /// <summary>Calls with a live leg here.</summary>
    int LiveCalls { get; }

    /// <summary>Where phones reach the first edge, such as 127.0.0.1:5060; null before it listens.</summary>
    string? SipAddress { get; }

    /// <summary>The threads of the edges, for short work of others.</summary>
    IReadOnlyList<ISpareTime> SpareTime { get; }

    /// <summary>Loses an edge as if its machine had lost its power; false if there is none of that id. For tests.</summary>
    Task<bool> Lose(EdgeId edge);

    /// <summary>New calls get 503 with Retry-After from now on; live ones go on.</summary>
    void Drain();
}
