using System.Net;

namespace Orleans.Runtime;

/// <summary>Where a silo is, and which of its lives this is.</summary>
public sealed record SiloAddress(IPEndPoint Endpoint, int Generation)
{
    public static SiloAddress New(IPEndPoint ep, int gen) => new(ep, gen);

    public override string ToString() => $"S{Endpoint}:{Generation}";
}
