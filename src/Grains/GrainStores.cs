namespace CallCenter.Grains;

/// <summary>Names of the grain storage providers that the host must register.</summary>
public static class GrainStores
{
    /// <summary>Registrations of phones.</summary>
    public const string Stations = "stations";

    /// <summary>Snapshots of agents.</summary>
    public const string Agents = "agents";

    /// <summary>Snapshots of tenants' dialling.</summary>
    public const string Tenants = "tenants";

    public static readonly IReadOnlyList<string> All = [Stations, Agents, Tenants];
}
