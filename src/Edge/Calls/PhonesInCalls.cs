namespace CallCenter.Edge.Calls;

/// <summary>Which extension's phone is in which call. Lives on the loop.</summary>
sealed class PhonesInCalls
{
    readonly Dictionary<(TenantId Tenant, string Extension), List<EdgeLeg>> legs = [];

    public void Add(EdgeLeg leg)
    {
        if (leg.Station is not { } extension) return;
        var key = (leg.Call.Name.Tenant, extension);
        if (legs.TryGetValue(key, out var all)) all.Add(leg);
        else legs.Add(key, [leg]);
    }

    public void Remove(EdgeLeg leg)
    {
        if (leg.Station is not { } extension) return;
        var key = (leg.Call.Name.Tenant, extension);
        if (legs.TryGetValue(key, out var all) && all.Remove(leg) && all.Count == 0) legs.Remove(key);
    }

    /// <summary>The call in which that phone talks, the latest if there are several; null if it only rings or is in none.</summary>
    public EdgeCall? CallOf(TenantId tenant, string extension) =>
        legs.TryGetValue((tenant, extension), out var all) ? all.FindLast(static leg => leg is SipLeg { Session.IsAnswered: true, IsPhone: true })?.Call : null;
}
