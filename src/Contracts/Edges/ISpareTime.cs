namespace CallCenter.Contracts.Edges;

/// <summary>A thread that wakes for most of what calls are told, and has time for short work of others between its own.</summary>
public interface ISpareTime
{
    /// <summary>False while it has enough to do of its own. Any thread, often.</summary>
    bool IsFree { get; }

    /// <summary>Has it look soon whether somebody waits. Any thread.</summary>
    void Rouse();

    /// <summary>Whom it serves from now on. Once.</summary>
    /// <param name="waits">Asked before it sleeps.</param>
    /// <param name="run">Does a share of what waits.</param>
    void Serve(Func<bool> waits, Action run);
}
