using System.Globalization;

namespace CallCenter.Domain.Dialling;

/// <summary>A number to show for one agent or one queue.</summary>
/// <param name="Agent">Exactly one of agent and queue is given.</param>
/// <param name="Number">Canonical; one of the tenant's own that may call out.</param>
[GenerateSerializer, Immutable, Alias("ShownNumber")]
public sealed record ShownNumber([property: Id(0)] AgentId? Agent, [property: Id(1)] QueueId? Queue, [property: Id(2)] string Number);

/// <summary>How a tenant calls out: who may call what, showing which number. Without a row nothing may be called but emergency numbers.</summary>
/// <param name="OutsidePrefix">Dialled in front of a number for an outside line, such as 9; null = none.</param>
/// <param name="AreaCode">The tenant's own, with trunk 0, such as 010: then its numbers may be dialled without it.</param>
/// <param name="Rules">The dial plan; what no line allows is blocked. A call must be allowed by <see cref="DialCeiling.Rules"/> as well.</param>
/// <param name="International">False: every other country is blocked, whatever the lines say.</param>
/// <param name="DefaultShown">The number to show if nothing else is said; null = the first of the tenant's that may call out.</param>
/// <param name="Shown">Numbers of agents and queues; an agent's goes before a queue's.</param>
/// <param name="Recording">Outbound calls are recorded.</param>
/// <param name="AnswerDetection">Of outbound calls it is judged by the sound whether a person or a machine answers; who calls may say otherwise for one call.</param>
[GenerateSerializer, Immutable, Alias("DialSettings")]
public sealed record DialSettings([property: Id(0)] TenantId Owner, [property: Id(1)] string? OutsidePrefix, [property: Id(2)] string? AreaCode, [property: Id(3)] Items<DialRule> Rules, [property: Id(4)] bool International, [property: Id(5)] string? DefaultShown, [property: Id(6)] Items<ShownNumber> Shown, [property: Id(7)] DialLimits Limits, [property: Id(8)] NightCurb? Night, [property: Id(9)] long Version = 0, [property: Id(10)] bool Recording = false, [property: Id(11)] bool AnswerDetection = false) : ISetting
{
    /// <summary>A tenant has one row.</summary>
    public const string TheId = "dialling";
    internal const int MostRules = 200, MostShown = 10_000;

    public string Id => TheId;

    public static DialSettings Nothing(TenantId owner) => new(owner, null, null, [], false, null, [], DialLimits.None, null);

    public Items<Fault> Check()
    {
        var faults = new FaultList().Id(Owner.Value, "owner", 32)
            .When(OutsidePrefix is { } prefix && (prefix.Length is < 1 or > 2 || prefix.AsSpan().ContainsAnyExceptInRange('0', '9') || prefix[0] == '1'), "outsidePrefix", "must be one or two digits, the first of them not 1")
            .When(AreaCode is { } code && (code is not ['0', ..] || HomeArea.CodeLength(code.AsSpan(1)) != code.Length - 1), "areaCode", "must be a Chinese area code with its 0, such as 010")
            .When(Rules.Count > MostRules, "rules", string.Create(CultureInfo.InvariantCulture, $"has more than {MostRules} lines"))
            .When(DefaultShown is { } shown && !IsCanonical(shown), "defaultShown", "must be a canonical number, such as +861012345678")
            .When(Shown.Count > MostShown, "shown", string.Create(CultureInfo.InvariantCulture, $"has more than {MostShown} entries"));
        CheckRules(Rules, faults);
        for (var i = 0; i < Shown.Count; i++) Check(Shown[i], string.Create(CultureInfo.InvariantCulture, $"shown[{i}]"), faults);
        if (Limits is null) faults.When(true, "limits", "is missing");
        else Limits.Check(faults);
        Night?.Check(faults);
        return faults.Done();
    }

    /// <summary>What the operator's ceiling does not allow, with the fields named.</summary>
    public Items<Fault> Beyond(DialCeiling ceiling)
    {
        var faults = new FaultList()
            .When(International && !ceiling.International, "international", "is more than the operator allows")
            .When(Limits.Channels > ceiling.Channels, "limits.channels", "is more than the operator allows")
            .When(Limits.SpendPerDay > ceiling.SpendPerDay, "limits.spendPerDay", "is more than the operator allows");
        for (var i = 0; i < Rules.Count; i++)
            faults.When(Rules[i].Allow && !DialPlan.Allows(ceiling.Rules, Rules[i].Match), string.Create(CultureInfo.InvariantCulture, $"rules[{i}].match"), "is more than the operator allows");
        return faults.Done();
    }

    internal static void CheckRules(Items<DialRule> rules, FaultList faults)
    {
        for (var i = 0; i < rules.Count; i++)
            faults.When(!DialMatch.IsValid(rules[i]?.Match), string.Create(CultureInfo.InvariantCulture, $"rules[{i}].match"), MatchText);
    }

    internal const string MatchText = "must be mobile, landline, tollFree, service or international, or the beginning of a canonical number, such as +8610, 86-400 or 95588";

    private static void Check(ShownNumber? shown, string field, FaultList faults) => faults
        .When(shown is null || shown.Agent is null == shown.Queue is null, field, "must name an agent or a queue")
        .When(shown is not null && !IsCanonical(shown.Number), $"{field}.number", "must be a canonical number, such as +861012345678");

    private static bool IsCanonical(string? number) => PhoneNumber.TryParse(number, out var parsed) && parsed.Canonical == number;
}
