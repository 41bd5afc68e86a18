namespace CallCenter.Grains.WebCalls;

/// <summary>Settings as they are in the store, read anew at each change; places as soft state, which the edges renew.</summary>
sealed class WebDoorGrain(IConfigurationStore store, TimeProvider clock) : Grain, IWebDoorGrain
{
    /// <summary>Web calls of one tenant at the same time, whatever its numbers allow.</summary>
    const int MostOfTenant = 1000;

    readonly WebCallPlaces places = new(MostOfTenant);
    Dictionary<string, WebCallSettings> numbers = [];
    Items<string> origins;

    public override Task OnActivateAsync(CancellationToken cancellationToken) => Read(cancellationToken);

    public Task<WebCallSettings?> Number(string number) => Task.FromResult(numbers.GetValueOrDefault(number));

    public Task<Items<string>> Origins() => Task.FromResult(origins);

    public Task<WebCallEntry> Enter(CallId call, string number, string address) =>
        Task.FromResult(new WebCallEntry(numbers.TryGetValue(number, out var settings) ? places.Enter(call, settings, address, clock.GetUtcNow()) : WebCallDenial.NumberFull));

    public Task Hold(CallId call, string number, string address)
    {
        places.Hold(call, number, address, clock.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task Leave(CallId call)
    {
        places.Leave(call);
        return Task.CompletedTask;
    }

    public Task Refresh() => Read(CancellationToken.None);

    async Task Read(CancellationToken stop)
    {
        var open = new Dictionary<string, WebCallSettings>();
        await foreach (var settings in store.All<WebCallSettings>(GrainKeys.Owner(this.GetPrimaryKeyString()), stop))
            if (settings.Enabled) open.Add(settings.Id, settings);
        (numbers, origins) = (open, open.Values.SelectMany(s => s.Origins).Distinct().Order(StringComparer.Ordinal).ToItems());
    }
}
