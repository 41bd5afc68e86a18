namespace CallCenter.Grains.Tenants;

/// <summary>The fold of a tenant's facts up to one entry. It only saves reading; without it, or with an older one, the fold is the same.</summary>
[GenerateSerializer, Immutable, Alias("DialMemory")]
public sealed record DialMemory([property: Id(0)] long Entry, [property: Id(1)] DialSnapshot Ledger)
{
    /// <summary>Entries between two snapshots.</summary>
    public const int Every = 500;

    public DialMemory() : this(0, DialSnapshot.Empty) { }
}
