using System.Globalization;

namespace CallCenter.Domain.Summaries;

/// <summary>What an agent writes down of a call (小结). A draft may be anything; once final it holds what its call type demands. Note and fields are personal.</summary>
/// <param name="TypesVersion">The version of the <see cref="CallTypes"/> that it was made with.</param>
/// <param name="Note">Up to 2,000 characters.</param>
/// <param name="At">When it was written.</param>
[GenerateSerializer, Immutable, Alias("Summary")]
public sealed record Summary(
    [property: Id(0)] TenantId Owner, [property: Id(1)] CallId Call, [property: Id(2)] AgentId Agent, [property: Id(3)] string? CallType, [property: Id(4)] string? Result, [property: Id(5)] string Note,
    [property: Id(6)] Items<SummaryEntry> Fields, [property: Id(7)] long TypesVersion, [property: Id(8)] bool Final, [property: Id(9)] DateTimeOffset At, [property: Id(10)] long Version = 0)
{
    public const int LongestNote = 2_000, LongestEntry = 500;

    public static Summary New(TenantId owner, CallId call, AgentId agent) => new(owner, call, agent, null, null, "", [], 0, false, default);

    /// <summary>Every fault; fields are named as in JSON.</summary>
    /// <param name="types">In the version that it names.</param>
    public Items<Fault> Check(CallTypes types)
    {
        var faults = new FaultList().Text(Note, "note", LongestNote);
        if (CallType is { } chosen) faults.When(types.Find(chosen) is null, "callType", "There is no such call type").When(types.Find(chosen) is not null && !types.IsLeaf(chosen), "callType", "has types below it: choose one of them");
        faults.When(Result is { } result && !types.Results.Any(one => one.Id == result), "result", "There is no such result");
        var given = new HashSet<string>();
        for (var i = 0; i < Fields.Count; i++) CheckEntry(faults, i, types, given);
        if (!Final) return faults.Done();
        faults.When(CallType is null && !types.Types.IsEmpty, "callType", "is missing");
        foreach (var field in types.Find(CallType)?.Mandatory ?? []) faults.When(IsEmpty(field), FieldName(field), "is demanded by this call type");
        return faults.Done();
    }

    private void CheckEntry(FaultList faults, int index, CallTypes types, HashSet<string> given)
    {
        var (entry, path) = (Fields[index], string.Create(CultureInfo.InvariantCulture, $"fields[{index}]"));
        var field = types.Fields.FirstOrDefault(one => one.Id == entry.Field);
        faults.When(field is null, path + ".field", "There is no such field").When(!given.Add(entry.Field ?? ""), path + ".field", "is there twice").Text(entry.Value, path + ".value", LongestEntry)
            .When(field is { Choices.IsEmpty: false } && !string.IsNullOrEmpty(entry.Value) && !field.Choices.Contains(entry.Value), path + ".value", "is not one of the choices");
    }

    private bool IsEmpty(string field) => string.IsNullOrWhiteSpace(field switch
    {
        CallTypes.ResultField => Result,
        CallTypes.NoteField => Note,
        _ => Fields.FirstOrDefault(entry => entry.Field == field).Value,
    });

    private static string FieldName(string field) => field is CallTypes.ResultField or CallTypes.NoteField ? field : $"fields.{field}";
}

/// <param name="Field">The id of one of the firm's own fields.</param>
[GenerateSerializer, Immutable, Alias("SummaryEntry")]
public readonly record struct SummaryEntry([property: Id(0)] string Field, [property: Id(1)] string Value);

/// <summary>An agent closed a call with a summary. Told once for each time that it was made final.</summary>
/// <param name="CallType">Null only where the firm has no call types.</param>
/// <param name="TypesVersion">The version of the call types.</param>
[GenerateSerializer, Immutable, Alias("CallSummarized")]
public sealed record CallSummarized([property: Id(0)] DateTimeOffset At, [property: Id(1)] CallId Call, [property: Id(2)] AgentId Agent, [property: Id(3)] string? CallType, [property: Id(4)] string? Result, [property: Id(5)] long TypesVersion) : Fact;
