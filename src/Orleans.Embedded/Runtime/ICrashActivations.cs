using Orleans.Engine;

namespace Orleans.Runtime;

/// <summary>For tests: the embedded runtime can lose what a crash of its process would lose. Orleans has no such thing.</summary>
public interface ICrashActivations
{
    /// <summary>
    /// Drops every activation, timer and call in flight without deactivating. Callers outside the grains get a
    /// <see cref="SiloUnavailableException"/> at once; storage, reminders and observers stay. Returns how many activations there were.
    /// </summary>
    int CrashActivations();
}

sealed class CrashOfSilo(Silo silo) : ICrashActivations
{
    public int CrashActivations() => silo.Crash();
}
