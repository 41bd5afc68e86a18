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

/// <summary>Go on by whether the firm is open.</summary>
/// <param name="Hours">The opening hours (<see cref="HoursSettings"/>), as they are when a call comes here.</param>
/// <param name="Holiday">On a date with an exception, outside what that opens; null = <paramref name="Closed"/>.</param>
[GenerateSerializer, Immutable, Alias("HoursNode")]
public sealed record HoursNode([property: Id(0)] string Id, [property: Id(1)] string Hours, [property: Id(2)] string Open, [property: Id(3)] string Closed, [property: Id(4)] string? Holiday) : FlowNode;

/// <summary>Play a greeting and a beep, then record what the caller says, up to a #, a silence, the longest time or the hang-up.</summary>
/// <param name="Box">A queue's id, whose agents see it; any other name is a box of the supervisors.</param>
/// <param name="MaxSeconds">5–600.</param>
/// <param name="SilenceSeconds">A caller who has said nothing for so long is through; 2–60, or 0 = silence ends nothing.</param>
[GenerateSerializer, Immutable, Alias("VoicemailNode")]
public sealed record VoicemailNode([property: Id(0)] string Id, [property: Id(1)] string Box, [property: Id(2)] Items<Prompt> Prompts, [property: Id(3)] int MaxSeconds, [property: Id(4)] string Next, [property: Id(5)] int SilenceSeconds = 0) : FlowNode;

/// <summary>Hand the caller to somebody else: a blind transfer of the flow's. The caller hears ringback.</summary>
/// <param name="To">A number stands here as the admin wrote it.</param>
/// <param name="Shown">The own number to show; null = the tenant's default.</param>
/// <param name="TimeoutSeconds">How long it may ring; 5–120.</param>
/// <param name="Failed">Where a caller goes on whom nobody takes; empty for a queue, which cannot fail.</param>
[GenerateSerializer, Immutable, Alias("TransferNode")]
public sealed record TransferNode([property: Id(0)] string Id, [property: Id(1)] CallTarget To, [property: Id(2)] string? Shown, [property: Id(3)] int TimeoutSeconds, [property: Id(4)] string Failed) : FlowNode;

/// <summary>Take a row of digits from the caller.</summary>
/// <param name="Min">1–32.</param>
/// <param name="Max">1–32; the last one ends it.</param>
/// <param name="EndKey">Ends it before; null = none does.</param>
/// <param name="TimeoutSeconds">Wait for the first and each further digit; 1–60.</param>
/// <param name="Masked">The digits are kept nowhere, only their count.</param>
/// <param name="Failed">Where a caller goes on who gave too few.</param>
[GenerateSerializer, Immutable, Alias("CollectNode")]
public sealed record CollectNode([property: Id(0)] string Id, [property: Id(1)] Items<Prompt> Prompts, [property: Id(2)] int Min, [property: Id(3)] int Max, [property: Id(4)] char? EndKey, [property: Id(5)] int TimeoutSeconds, [property: Id(6)] bool Masked, [property: Id(7)] string Next, [property: Id(8)] string Failed) : FlowNode;

[GenerateSerializer, Immutable, Alias("HangUpNode")]
public sealed record HangUpNode([property: Id(0)] string Id) : FlowNode;

/// <summary>A published flow: a graph of nodes, checked as a whole.</summary>
[GenerateSerializer, Immutable, Alias("FlowDefinition")]
public sealed record FlowDefinition([property: Id(0)] string Start, [property: Id(1)] Items<FlowNode> Nodes)
{
    /// <summary>The version of the JSON form that this program writes; it reads the earlier ones too. 2 brought hours, voicemail, transfer and collect.</summary>
    public const int Schema = 2;
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
