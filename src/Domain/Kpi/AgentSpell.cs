namespace CallCenter.Domain.Kpi;

/// <summary>One stay of an agent in a call, from joining to leaving; times in ms, and their sum is the stay.</summary>
/// <param name="To">Null while it lasts; then its times count up to the call's newest fact.</param>
/// <param name="TDial">Waiting for the called party's answer.</param>
/// <param name="TListen">As a listener.</param>
/// <param name="TIntro">While the whisper or the announcement of the staff number played, before the talk.</param>
[GenerateSerializer, Immutable, Alias("AgentSpell")]
public readonly record struct AgentSpell(
    [property: Id(0)] AgentId Agent, [property: Id(1)] LegId Leg, [property: Id(2)] DateTimeOffset From, [property: Id(3)] DateTimeOffset? To,
    [property: Id(4)] long TTalk, [property: Id(5)] long THeld, [property: Id(6)] long TConsult, [property: Id(7)] long TDial, [property: Id(8)] long TListen, [property: Id(9)] long TIntro = 0)
{
    /// <summary>The stays of all agents in a call, in the order of joining. A stay is one leg's.</summary>
    public static Items<AgentSpell> Of(CallSummary call) =>
        call.Talks.GroupBy(part => (part.Agent, part.Leg)).Select(stay => Of(call, stay.Key.Agent, stay.Key.Leg, stay.ToArray())).ToItems();

    private static AgentSpell Of(CallSummary call, AgentId agent, LegId leg, TalkSpan[] parts) => new(
        agent, leg, parts[0].From, parts[^1].To,
        Sum(call, parts, Activity.Talk), Sum(call, parts, Activity.Hold), Sum(call, parts, Activity.Consult), Sum(call, parts, Activity.Dial), Sum(call, parts, Activity.Listen), Sum(call, parts, Activity.Intro));

    /// <summary>Rounded at the end, as the call's own times are.</summary>
    private static long Sum(CallSummary call, TalkSpan[] parts, Activity activity)
    {
        TimeSpan sum = default;
        foreach (var part in parts)
            if (part.Activity == activity && (part.To ?? call.EndedAt ?? call.Latest) is var end && end > part.From) sum += end - part.From;
        return CallTimes.Milliseconds(sum);
    }
}
