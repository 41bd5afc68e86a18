using System.Text.Json.Serialization;

namespace CallCenter.Domain.Summaries;

/// <summary>The steps of a conversation (话术), in their order. The number is stored; never reuse one.</summary>
[JsonConverter(typeof(EnumText<ScriptStep>))]
public enum ScriptStep { Greet = 1, Listen, Recap, Respond, Ask, Solve, Verify, Close }

/// <summary>What agents may say at each step, for the calls of one queue, or for all whose queue has none of its own.</summary>
/// <param name="Id">A queue's, or <see cref="Default"/>.</param>
/// <param name="Steps">At most one text each; a step left out has none.</param>
[GenerateSerializer, Immutable, Alias("ScriptCard")]
public sealed record ScriptCard([property: Id(0)] TenantId Owner, [property: Id(1)] string Id, [property: Id(2)] Items<ScriptText> Steps, [property: Id(3)] long Version = 0) : ISetting
{
    public const string Default = "default";
    private const int LongestText = 2_000;

    public Items<Fault> Check()
    {
        var faults = new FaultList().Id(Owner.Value, "owner", 32).Id(Id, "id")
            .When(Steps.Select(step => step.Step).Distinct().Count() != Steps.Count, "steps", "has two texts for one step");
        for (var i = 0; i < Steps.Count; i++)
            faults.When(!Enum.IsDefined(Steps[i].Step), $"steps[{i}].step", "is not a step").Text(Steps[i].Text, $"steps[{i}].text", LongestText);
        return faults.Done();
    }
}

[GenerateSerializer, Immutable, Alias("ScriptText")]
public readonly record struct ScriptText([property: Id(0)] ScriptStep Step, [property: Id(1)] string Text);
