using System.Globalization;
using NodaTime;

namespace CallCenter.Domain.Dialling;

/// <summary>All that a clearance rests on besides what happened before: a value that the grain hands in.</summary>
/// <param name="Numbers">The tenant's own numbers, by id.</param>
/// <param name="Trunks">Those that the tenant may need, by id: its own, the first that takes outbound calls, those of legs that go on.</param>
/// <param name="TimeZone">The tenant's (IANA); one that is not known counts as UTC.</param>
public sealed record DialRules(DialSettings Settings, DialCeiling Ceiling, Items<NumberSettings> Numbers, Items<TrunkSettings> Trunks, string TimeZone)
{
    private DateTimeZone Zone { get; } = DateTimeZoneProviders.Tzdb.GetZoneOrNull(TimeZone) ?? DateTimeZone.Utc;

    /// <summary>The lower of the tenant's and the operator's; null = no limit.</summary>
    public decimal? SpendPerDay => Lower(Settings.Limits.SpendPerDay, Ceiling.SpendPerDay);

    /// <summary>Outbound legs at the same time at this instant; null = no limit.</summary>
    public int? ChannelsAt(DateTimeOffset at)
    {
        var most = Lower(Settings.Limits.Channels, Ceiling.Channels);
        return Settings.Night is { } night && night.Holds(Local(at).TimeOfDay.ToTimeOnly()) ? Lower(most, night.Channels) : most;
    }

    /// <summary>The day of the tenant, such as 2026-03-02.</summary>
    public string DayOf(DateTimeOffset at) => Local(at).Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    public bool TryRead(string dialled, out DialledNumber number) => DialledNumber.TryParse(dialled, Settings.OutsidePrefix, Settings.AreaCode, out number);

    /// <summary>Whether both plans let the number pass; an emergency number always does.</summary>
    public bool Allows(in DialledNumber number) => number.Class switch
    {
        DialClass.Emergency => true,
        DialClass.International when !Settings.International || !Ceiling.International => false,
        _ => DialPlan.Allows(Settings.Rules, number) && DialPlan.Allows(Ceiling.Rules, number),
    };

    /// <summary>Null: no price is set.</summary>
    public decimal? Price(in DialledNumber number) => number.Class == DialClass.Emergency ? 0 : DialPlan.Price(Ceiling.Prices, number);

    /// <summary>The number to show: the one wanted, else the agent's, the queue's, the default, the first that may call out.</summary>
    public DialRefusal? Identity(string? wanted, AgentId? agent, QueueId? queue, out NumberSettings? shown)
    {
        shown = null;
        var named = wanted ?? ShownFor(agent, queue) ?? Settings.DefaultShown;
        foreach (var number in Numbers)
            if (number.MayCallOut && number.Tenant == Settings.Owner && (named is null || number.Id == named))
            {
                shown = number;
                return null;
            }
        return named is null ? DialRefusal.NoIdentity : DialRefusal.IdentityNotAllowed;
    }

    /// <param name="any">For an emergency: where the tenant's own trunk is gone, any will do.</param>
    public TrunkSettings? Trunk(bool any)
    {
        TrunkSettings? first = null;
        foreach (var trunk in Trunks)
        {
            if (trunk.Outbound is null) continue;
            if (Ceiling.Trunk is null || trunk.Id == Ceiling.Trunk) return trunk;
            first ??= trunk;
        }
        return any ? first : null;
    }

    private string? ShownFor(AgentId? agent, QueueId? queue)
    {
        string? ofQueue = null;
        foreach (var shown in Settings.Shown)
        {
            if (agent is not null && shown.Agent == agent) return shown.Number;
            if (queue is not null && shown.Queue == queue) ofQueue ??= shown.Number;
        }
        return ofQueue;
    }

    private LocalDateTime Local(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(Zone).LocalDateTime;

    private static int? Lower(int? a, int? b) => a is null || b < a ? b : a;

    private static decimal? Lower(decimal? a, decimal? b) => a is null || b < a ? b : a;
}
