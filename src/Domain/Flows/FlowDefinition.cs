namespace CallCenter.Domain.Flows;

/// <summary>One step of a flow.</summary>
[GenerateSerializer, Immutable, Alias("FlowNode")]
public abstract record FlowNode { public abstract string Id { get; init; } }

/// <summary>Answer the caller, then go on.</summary>
[GenerateSerializer, Immutable, Alias("AnswerNode")]
public sealed record AnswerNode([property: Id(0)] string Id, [property: Id(1)] string Next) : FlowNode;

/// <summary>Play prompts or texts.</summary>
/// <param name="Notice">The version of the recording notice, if this is one; null otherwise.</param>
/// <param name="Interruptible">A digit cuts it short and counts for the next menu.</param>
[GenerateSerializer, Immutable, Alias("PlayNode")]
public sealed record PlayNode([property: Id(0)] string Id, [property: Id(1)] Items<Prompt> Prompts, [property: Id(2)] string? Notice, [property: Id(3)] bool Interruptible, [property: Id(4)] string Next) : FlowNode;

/// <summary>Offer branches by key.</summary>
/// <param name="TimeoutSeconds">Wait for a key after the prompt's end; 1–60.</param>
/// <param name="Attempts">How often to ask before <paramref name="Otherwise"/>; 1–10.</param>
/// <param name="WrongKey">Played before the menu is said again.</param>
[GenerateSerializer, Immutable, Alias("MenuNode")]
public sealed record MenuNode([property: Id(0)] string Id, [property: Id(1)] Items<Prompt> Prompts, [property: Id(2)] Items<Prompt> WrongKey, [property: Id(3)] Items<MenuBranch> Branches, [property: Id(4)] int TimeoutSeconds, [property: Id(5)] int Attempts, [property: Id(6)] string Otherwise) : FlowNode;

/// <param name="Key">0–9, * or #.</param>
[GenerateSerializer, Immutable, Alias("MenuBranch")]
public readonly record struct MenuBranch([property: Id(0)] char Key, [property: Id(1)] string Next);

/// <summary>Wait in a queue for an agent.</summary>
/// <param name="Priority">1 (first) … 10, 5 by default.</param>
[GenerateSerializer, Immutable, Alias("QueueNode")]
public sealed record QueueNode([property: Id(0)] string Id, [property: Id(1)] QueueId Queue, [property: Id(2)] int Priority) : FlowNode;

[GenerateSerializer, Immutable, Alias("HangUpNode")]
public sealed record HangUpNode([property: Id(0)] string Id) : FlowNode;

/// <summary>A published flow: a graph of nodes, checked as a whole.</summary>
[GenerateSerializer, Immutable, Alias("FlowDefinition")]
public sealed record FlowDefinition([property: Id(0)] string Start, [property: Id(1)] Items<FlowNode> Nodes)
{
    /// <summary>The version of the JSON form that this program writes.</summary>
    public const int Schema = 1;
}

/// <summary>A flow in one version, as stored.</summary>
/// <param name="Json">The definition in the JSON form; <c>FlowJson</c> reads it.</param>
[GenerateSerializer, Immutable, Alias("FlowSettings")]
public sealed record FlowSettings([property: Id(0)] TenantId Owner, [property: Id(1)] FlowId Flow, [property: Id(2)] string Name, [property: Id(3)] string Json, [property: Id(4)] long Version = 0) : ISetting
{
    public string Id => Flow.Value;

    /// <summary>The faults of the definition too, each under <c>definition</c>.</summary>
    public Items<Fault> Check()
    {
        var faults = new FaultList().Id(Owner.Value, "owner", 32).Id(Id, "id").Name(Name, "name").Done();
        if (Json is null) return faults.Add(new("definition", "is missing"));
        return FlowJson.TryRead(Json, out _, out var inside) ? faults : faults.AddRange(inside.Change(_ => true, f => f with { Field = f.Field == "$" ? "definition" : $"definition.{f.Field}" }));
    }
}
