namespace CallCenter.Domain;

/// <summary>A row of configuration: what an admin sets. The store keeps its history, its version and who changed it.</summary>
public interface ISetting
{
    /// <summary>The tenant (or operator) to whom the row belongs; (Owner, Id) is its key.</summary>
    TenantId Owner { get; }
    string Id { get; }

    /// <summary>From 1, one more with each write; 0 in a row that was never stored.</summary>
    long Version { get; init; }

    /// <summary>Every fault of this row by itself; references to other rows are the store's to check. Fields are named as in JSON.</summary>
    Items<Fault> Check();
}

/// <summary>A value that must not reach a log, an audit entry or an answer: its text is hidden wherever it is printed.</summary>
[GenerateSerializer, Immutable, Alias("Secret")]
public readonly record struct Secret([property: Id(0)] string Value)
{
    public override string ToString() => "***";
}
