using Orleans.Runtime;

namespace Orleans.Configuration;

/// <summary>Messaging between and inside silos.</summary>
public sealed class SiloMessagingOptions
{
    /// <summary>How long a caller waits for an answer; 30 s as in Orleans.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Messaging of clients outside the silo's host.</summary>
public sealed class ClientMessagingOptions
{
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>When idle activations are collected.</summary>
public sealed class GrainCollectionOptions
{
    /// <summary>Time between scans.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Time without work after which an activation is collected.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>By full name of the grain class.</summary>
    public Dictionary<string, TimeSpan> ClassSpecificCollectionAge { get; set; } = [];

    /// <summary>How long an activation may take.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a deactivation may take.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Which cluster a silo or client belongs to. In one process, silo and clients find each other by it.</summary>
public sealed class ClusterOptions
{
    public string ClusterId { get; set; } = "default";
    public string ServiceId { get; set; } = "default";
}
