using CallCenter.Domain.Summaries;

namespace CallCenter.Api.Summaries;

/// <param name="Agent">Whose it is; null where nobody has written one yet and who asks is no agent.</param>
/// <param name="Path">Names of the call type, from the uppermost down, in the version that it was made with.</param>
/// <param name="TypesVersion">That version.</param>
/// <param name="At">When it was saved; null = never.</param>
/// <param name="From">The agent whose words these are, until one's own are saved; null = one's own.</param>
internal sealed record SummaryAnswer(CallId Call, AgentId? Agent, string? CallType, Items<string> Path, string? Result, string Note, Items<SummaryEntry> Fields, long TypesVersion, bool Final, DateTimeOffset? At, AgentId? From)
{
    public static SummaryAnswer Nothing(CallId call, AgentId? agent, long typesVersion) => new(call, agent, null, [], null, "", [], typesVersion, false, null, null);

    public static SummaryAnswer Of(Summary s, CallTypes? types) =>
        new(s.Call, s.Agent, s.CallType, types?.PathOf(s.CallType) ?? [], s.Result, s.Note, s.Fields, s.TypesVersion, s.Final, s.At, null);
}

/// <summary>Summaries as the API tells them.</summary>
internal static class SummaryAnswers
{
    public static async Task<Items<SummaryAnswer>> Of(Items<Summary> summaries, IConfigurationStore store, CancellationToken stop)
    {
        var answers = new List<SummaryAnswer>();
        for (var i = 0; i < summaries.Count; i++) answers.Add(await Of(summaries[i], store, stop));
        return answers.ToItems();
    }

    public static async Task<SummaryAnswer> Of(Summary summary, IConfigurationStore store, CancellationToken stop) =>
        SummaryAnswer.Of(summary, await store.FindVersion<CallTypes>(summary.Owner, CallTypes.OnlyId, summary.TypesVersion, stop));
}
