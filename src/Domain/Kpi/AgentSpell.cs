namespace CallCenter.Domain.Kpi;

/// <summary>One stay of an agent in a call, from joining to leaving; times in ms, and their sum is the stay.</summary>
/// <param name="To">Null while it lasts; then its times count up to the call's newest fact.</param>
/// <param name="TDial">Waiting for the called party's answer.</param>
/// <param name="TListen">As a listener.</param>
[GenerateSerializer, Immutable, Alias("AgentSpell")]
public readonly record struct AgentSpell(
    [property: Id(0)] AgentId Agent, [property: Id(1)] LegId Leg, [property: Id(2)] DateTimeOffset From, [property: Id(3)] DateTimeOffset? To,
    [property: Id(4)] long TTalk, [property: Id(5)] long THeld, [property: Id(6)] long TConsult, [property: Id(7)] long TDial, [property: Id(8)] long TListen)
{
    /// <summary>The stays of all agents in a call, in the order of joining. A stay is one leg's.</summary>
    public static Items<AgentSpell> Of(CallSummary call)
    {
        var spells = new List<AgentSpell>();
        foreach (var part in call.Talks)
        {
            var at = spells.FindIndex(s => s.Leg == part.Leg && s.Agent == part.Agent);
            var end = part.To ?? call.EndedAt ?? call.Latest;
            if (at < 0) spells.Add(new AgentSpell(part.Agent, part.Leg, part.From, part.To, 0, 0, 0, 0, 0).With(part.Activity, end - part.From));
            else spells[at] = (spells[at] with { To = part.To }).With(part.Activity, end - part.From);
        }
        return spells.ToItems();
    }

    private AgentSpell With(Activity activity, TimeSpan time)
    {
        var ms = CallTimes.Milliseconds(time > TimeSpan.Zero ? time : TimeSpan.Zero);
        return activity switch
        {
            Activity.Talk => this with { TTalk = TTalk + ms },
            Activity.Hold => this with { THeld = THeld + ms },
            Activity.Consult => this with { TConsult = TConsult + ms },
            Activity.Dial => this with { TDial = TDial + ms },
            _ => this with { TListen = TListen + ms },
        };
    }
}
