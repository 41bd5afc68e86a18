namespace CallCenter.Domain.Dialling;

public sealed partial class DialLedger
{
    private DialTurn Clear(ClearDial ask, DialRules rules)
    {
        var key = (ask.Call, ask.Leg);
        var isNumber = rules.TryRead(ask.Number, out var number);
        if (open.TryGetValue(key, out var channel)) return Renew(channel, ask, number, rules);
        if (settled.TryGetValue(key, out var before)) return before is { } again ? Refused(ask, again) : default; // a leg that is over asks no more
        if (ask is { Station: not null, Number: "" }) return Deny(ask, null, DialRefusal.StationNotAllowed);
        if (!isNumber) return Deny(ask, null, DialRefusal.InvalidNumber);
        if (ask.Station is not null && !StationNumber.IsPersons(number.Class)) return Deny(ask, number.Class, DialRefusal.PrefixBlocked);
        var emergency = number.Class == DialClass.Emergency;
        if (!emergency && !rules.Allows(number)) return Deny(ask, number.Class, DialRefusal.PrefixBlocked);
        if (Shown(ask, emergency, rules, out var shown) is { } noIdentity) return Deny(ask, number.Class, noIdentity);
        if (rules.Trunk(any: emergency) is not { } trunk) return Deny(ask, number.Class, DialRefusal.NoTrunk);
        var price = rules.Price(number);
        if (!emergency && Limit(ask, price, rules) is { } limit) return Deny(ask, number.Class, limit);
        var allowed = Fold(new DialAllowed(ask.At, ask.Call, ask.Leg, number.Class, trunk.Id, shown?.Id, ask.Agent, price, rules.Ceiling.Currency));
        return new([allowed], Cleared(open[key].Dial, ask, number, rules));
    }

    /// <summary>A channel that is held is kept, whatever the limits say by now: nobody is cut off in mid-call.</summary>
    private static DialTurn Renew(Channel channel, ClearDial ask, in DialledNumber number, DialRules rules)
    {
        channel.Until = ask.At + Lease;
        return new([], Cleared(channel.Dial, ask, number, rules));
    }

    /// <summary>An emergency call goes out in any case: without a number to show if need be.</summary>
    private static DialRefusal? Shown(ClearDial ask, bool emergency, DialRules rules, out NumberSettings? shown)
    {
        var wanted = ask.Shown is null ? null : PhoneNumber.TryParse(ask.Shown, out var parsed) ? parsed.Canonical : ask.Shown;
        var refusal = rules.Identity(wanted, ask.Agent, ask.Queue, out shown);
        if (refusal is not null && ask is { Station: not null, Shown: not null }) refusal = rules.Identity(null, ask.Agent, ask.Queue, out shown); // most are 400 numbers, which no carrier lets be shown
        if (!emergency || refusal is null) return refusal;
        rules.Identity(null, null, null, out shown);
        return null;
    }

    private DialRefusal? Limit(ClearDial ask, decimal? price, DialRules rules)
    {
        var (limits, now) = (rules.Settings.Limits, ask.At);
        if (rules.ChannelsAt(now) is { } most && channels.Count >= most && Living(now) >= most) return DialRefusal.ChannelLimit;
        if (tenant.Reached(limits.CallsPerMinute, Minute, now) || tenant.Reached(limits.CallsPerHour, Hour, now)) return DialRefusal.RateLimit;
        var agent = ask.Agent is { } id && agents.TryGetValue(id, out var times) ? times : Never;
        if (ask.Agent is not null && (agent.Reached(limits.AgentCallsPerMinute, Minute, now) || agent.Reached(limits.AgentCallsPerHour, Hour, now))) return DialRefusal.RateLimit;
        if (rules.SpendPerDay is { } spend && (price is not { } first || SpentOn(rules.DayOf(now), now, rules) + first > spend)) return DialRefusal.SpendLimit;
        return null;
    }

    private static readonly RecentTimes Never = new();

    /// <summary>Channels that are held, those left out whose lease has run out but was not swept yet.</summary>
    private int Living(DateTimeOffset now) => channels.Count(leg => open[leg].Until > now);

    private DialTurn Deny(ClearDial ask, DialClass? number, DialRefusal why) =>
        new([Fold(new DialDenied(ask.At, ask.Call, ask.Leg, number, why, ask.Agent))], Refused(ask, why).Answer);

    private static DialTurn Refused(ClearDial ask, DialRefusal why) => new([], new DialRefused(ask.At, ask.Leg, why));

    private static DialCleared Cleared(OpenDial dial, ClearDial ask, in DialledNumber number, DialRules rules)
    {
        var format = NumberFormat.National;
        foreach (var trunk in rules.Trunks)
            if (trunk.Id == dial.Trunk && trunk.Outbound is { } outbound) format = outbound.Format;
        var shown = dial.Shown is { } id ? DialledNumber.Written(id, format) : "";
        return new(ask.At, ask.Leg, dial.Trunk, shown, number.Digits is null ? "" : number.In(format));
    }
}
