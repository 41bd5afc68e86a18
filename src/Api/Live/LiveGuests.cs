using CallCenter.Contracts.Access;
using CallCenter.Domain.Teams;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CallCenter.Api.Live;

/// <summary>
/// The open connections of the hub. Whatever is done to somebody's rights stands in the audit log of the own firm, whichever process did it: its newest entries are read every
/// <see cref="Round"/>, and whom they concern is looked at anew, whether or not there is anything to tell. Who is nobody any more is shown out.
/// </summary>
internal sealed class LiveGuests(IAuditLog audit, Standing standing, Sessions sessions, LiveFeeds feeds, TimeProvider time, ILogger<LiveGuests> log) : BackgroundService
{
    public static readonly TimeSpan Round = TimeSpan.FromMilliseconds(150);

    /// <summary>So many newest entries are compared by their numbers: one that was committed late, under a lower number, is not missed. More new ones than that concern everybody.</summary>
    private const int Newest = 32;

    private readonly Lock gate = new();
    private readonly Dictionary<TenantId, House> houses = [];

    public LiveGuest Enter(LiveGuest guest)
    {
        lock (gate)
        {
            if (!houses.TryGetValue(guest.Caller.Tenant, out var house)) houses[guest.Caller.Tenant] = house = new();
            house.Guests.Add(guest);
        }
        return guest;
    }

    public void Leave(LiveGuest guest)
    {
        lock (gate)
            if (houses.TryGetValue(guest.Caller.Tenant, out var house) && house.Guests.Remove(guest) && house.Guests.Count == 0) houses.Remove(guest.Caller.Tenant);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            foreach (var (tenant, house) in Open())
                await Look(tenant, house, stoppingToken).ConfigureAwait(false);
    }

    private KeyValuePair<TenantId, House>[] Open() { lock (gate) return [.. houses]; }

    private async Task Look(TenantId tenant, House house, CancellationToken stop)
    {
        try
        {
            var page = await audit.Read(tenant, new(), null, Newest, stop).ConfigureAwait(false);
            var concerned = house.Read(page.Items);
            var doubtful = Doubtful(house, concerned);
            if (doubtful.Length == 0) return;
            if (concerned.Everybody)
            {
                standing.ForgetPolicy(tenant);
                standing.ForgetTeams();
            }
            foreach (var guest in doubtful)
            {
                standing.Forget(guest.Caller);
                guest.Doubt();
            }
            if (concerned.Everybody || concerned.Names.Count > 0) feeds.Wake(tenant); // who only came in a moment ago wakes nobody else
            foreach (var guest in doubtful) await Check(guest).ConfigureAwait(false);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested) // an outage of the database: nobody's rights can change in it; the next round tries again
        {
            log.RightsNotRead(tenant.Value, fault.GetType().Name);
        }
    }

    private LiveGuest[] Doubtful(House house, Concern concerned)
    {
        lock (gate)
        {
            var found = new List<LiveGuest>();
            foreach (var guest in house.Guests)
            {
                var settles = !guest.Settled && time.GetElapsedTime(guest.Since) > Believed<int>.Trust;
                if (settles) guest.Settled = true;
                if (settles || concerned.Everybody || concerned.Names.Contains(guest.Caller.User)) found.Add(guest);
            }
            return [.. found];
        }
    }

    private async Task Check(LiveGuest guest)
    {
        if (guest.Http.RequestAborted.IsCancellationRequested) return; // has left
        if (await sessions.Find(guest.Http).ConfigureAwait(false) is { } caller && caller.Tenant == guest.Caller.Tenant) return;
        _ = guest.ShowOut(time);
    }

    /// <param name="Names">Accounts and keys.</param>
    private readonly record struct Concern(bool Everybody, HashSet<string> Names);

    /// <summary>The guests of one firm, and the entries of its log that were seen.</summary>
    private sealed class House
    {
        private HashSet<long>? seen;

        public HashSet<LiveGuest> Guests { get; } = [];

        public Concern Read(Items<AuditRecord> newest)
        {
            var (first, fresh) = (seen is null, seen is { } before ? newest.Without(entry => before.Contains(entry.Number)) : []);
            seen = [.. newest.Select(entry => entry.Number)];
            var everybody = first || fresh.Count == Newest || // what was done since the first guest came in is not told from what was done before
                fresh.Any(entry => entry.Kind is nameof(AccessPolicy) or nameof(AgentSettings) or nameof(TeamSettings) or nameof(TenantSettings));
            return new(everybody, [.. fresh.Where(entry => entry is { Kind: null or nameof(UserAccount) or nameof(ApiKey), Subject: not null }).Select(entry => entry.Subject!)]);
        }
    }
}
