namespace CallCenter.Grains;

/// <summary>Names of the grain storage providers that the host must register.</summary>
public static class GrainStores
{
    /// <summary>Registrations of phones.</summary>
    public const string Stations = "stations";

    /// <summary>Snapshots of agents.</summary>
    public const string Agents = "agents";

    public static readonly IReadOnlyList<string> All = [Stations, Agents];
}
