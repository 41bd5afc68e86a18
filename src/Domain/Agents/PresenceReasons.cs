using System.Globalization;

namespace CallCenter.Domain.Agents;

/// <summary>Why an agent of a tenant may be not ready or on a break; an owner has one list. While it is empty any word is a reason.</summary>
[GenerateSerializer, Immutable, Alias("PresenceReasons")]
public sealed record PresenceReasons([property: Id(0)] TenantId Owner, [property: Id(1)] Items<PresenceReason> Reasons, [property: Id(2)] long Version = 0) : ISetting
{
    public const string OnlyId = "reasons";
    private const int Most = 100, MinutesOfDay = 24 * 60, LongestName = 40;

    public string Id => OnlyId;

    public static PresenceReasons None(TenantId owner) => new(owner, []);

    /// <summary>The reason behind a code; null if there is none.</summary>
    public PresenceReason? Find(string? code)
    {
        foreach (var reason in Reasons)
            if (reason.Code == code) return reason;
        return null;
    }

    /// <summary>Whether an agent may give this reason for that presence.</summary>
    public bool Admits(Presence presence, string? code) => Reasons.IsEmpty || (Find(code) is { } reason && (reason.For is null || reason.For == presence));

    public Items<Fault> Check()
    {
        var faults = new FaultList().Id(Owner.Value, "owner", 32).When(Reasons.Count > Most, "reasons", $"has more than {Most} entries");
        var codes = new HashSet<string>();
        for (var i = 0; i < Reasons.Count; i++)
        {
            var (path, reason) = (string.Create(CultureInfo.InvariantCulture, $"reasons[{i}]"), Reasons[i]);
            faults.Id(reason.Code, path + ".code").When(!codes.Add(reason.Code ?? ""), path + ".code", "is there twice")
                .Name(reason.Zh, path + ".zh", LongestName).Name(reason.En, path + ".en", LongestName)
                .When(reason.For is not (null or Presence.NotReady or Presence.Break), path + ".for", "must be notReady, break, or absent")
                .Limit(reason.AllowanceMinutes, 1, MinutesOfDay, path + ".allowanceMinutes")
                .When(reason is { AllowanceMinutes: not null, For: Presence.NotReady }, path + ".allowanceMinutes", "is for breaks only");
        }
        return faults.Done();
    }
}

/// <summary>One reason.</summary>
/// <param name="Code">1–64 of a–z, 0–9 and "-"; stands in facts and reports.</param>
/// <param name="Zh">How it is called in Chinese.</param>
/// <param name="En">How it is called in English.</param>
/// <param name="For">notReady or break; null = both.</param>
/// <param name="AllowanceMinutes">Minutes of breaks for this reason that an agent has a day; null = as many as wanted.</param>
[GenerateSerializer, Immutable, Alias("PresenceReason")]
public sealed record PresenceReason([property: Id(0)] string Code, [property: Id(1)] string Zh, [property: Id(2)] string En, [property: Id(3)] Presence? For = null, [property: Id(4)] int? AllowanceMinutes = null);
