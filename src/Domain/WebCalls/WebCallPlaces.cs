namespace CallCenter.Domain.WebCalls;

/// <summary>Why a visitor is not let in.</summary>
public enum WebCallDenial
{
    /// <summary>As many as may are calling the number.</summary>
    NumberFull,

    /// <summary>As many as may are calling from the address.</summary>
    AddressFull,

    /// <summary>As many as may are calling the tenant.</summary>
    TenantFull,

    /// <summary>The address has tried too often lately.</summary>
    TooOften,
}

/// <summary>
/// The web calls of a tenant and their places: leased ids, so that nothing is counted twice or forgotten. Shared fairly: once half of a number's
/// places are taken, an address that has one already gets no other, so that one visitor with many windows shuts nobody out. Pure.
/// </summary>
/// <param name="most">Of the tenant at the same time.</param>
public sealed class WebCallPlaces(int most)
{
    /// <summary>A call that is not heard of for so long has no place any more; its edge speaks three times as often.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Tries of one address, let in or not, that are free within <see cref="Window"/>; more wait.</summary>
    public const int TriesAllowed = 30;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Addresses remembered; a flood from more forgets them all, and costs no memory beyond.</summary>
    private const int MostAddresses = 10_000;

    private readonly Dictionary<CallId, Place> places = [];
    private readonly Dictionary<string, (int Tries, DateTimeOffset Since)> tries = [];

    private readonly record struct Place(string Number, string Address, DateTimeOffset Until);

    public int Count => places.Count;

    /// <summary>Takes a place, or says why there is none. A call that has one keeps it.</summary>
    public WebCallDenial? Enter(CallId call, WebCallSettings number, string address, DateTimeOffset now)
    {
        if (places.ContainsKey(call)) return null;
        if (IsTooOften(address, now)) return WebCallDenial.TooOften;
        DropLapsed(now);
        var (atNumber, atAddress) = (0, 0);
        foreach (var place in places.Values)
        {
            if (place.Number == number.Id) atNumber++;
            if (place.Address == address) atAddress++;
        }
        var share = atNumber * 2 >= number.Limit ? 1 : number.PerAddress;
        if (atAddress >= Math.Min(share, number.PerAddress)) return WebCallDenial.AddressFull;
        if (atNumber >= number.Limit) return WebCallDenial.NumberFull;
        if (places.Count >= most) return WebCallDenial.TenantFull;
        places[call] = new(number.Id, address, now + Lease);
        return null;
    }

    /// <summary>The call goes on. One that has lost its place, since the places were forgotten meanwhile, has it again.</summary>
    public void Hold(CallId call, string number, string address, DateTimeOffset now) => places[call] = new(number, address, now + Lease);

    public void Leave(CallId call) => places.Remove(call);

    private bool IsTooOften(string address, DateTimeOffset now)
    {
        if (tries.Count >= MostAddresses) tries.Clear();
        var seen = tries.GetValueOrDefault(address);
        seen = now - seen.Since < Window ? seen with { Tries = seen.Tries + 1 } : (1, now);
        tries[address] = seen;
        return seen.Tries > TriesAllowed;
    }

    private void DropLapsed(DateTimeOffset now)
    {
        foreach (var (call, place) in places)
            if (place.Until <= now) places.Remove(call);
    }
}
