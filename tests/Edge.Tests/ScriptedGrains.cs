using CallCenter.Domain.Prompts;
using CallCenter.Contracts.Tenants;
using CallCenter.Contracts.WebCalls;
using CallCenter.Domain.Dialling;
using CallCenter.Domain.Hours;
using CallCenter.Domain.WebCalls;
using CallCenter.Sip.Auth;

namespace CallCenter.Edge.Tests;

public sealed class ScriptedCall(Script script) : Grain, ICallGrain
{
    public Task Tell(Letter<CallEvent> letter) => Task.CompletedTask;
    public Task TellFromEdge(Letter<CallEvent> letter, IEdgeObserver edge) => script.Take(this.GetPrimaryKeyString(), letter, edge);
    public Task Acknowledge(Ack ack) => Task.CompletedTask;
    public Task<Refusal?> Ask(CallCommand command) => Task.FromResult<Refusal?>(null);
    public Task<CallLive?> Look() => Task.FromResult<CallLive?>(null);
    public Task DoubtEdge() => Task.CompletedTask;
    public Task Wake() => Task.CompletedTask;
}

public sealed class ScriptedNumber(Script script) : Grain, INumberGrain
{
    public Task<NumberRoute?> Route() => !script.ReadsSettings ? throw new StorageOutageException("the test says no") : Task.FromResult(
        GrainKeys.Name(this.GetPrimaryKeyString()) == script.Number ? new NumberRoute(script.Tenant, script.Number, new(new("welcome"), 1), false) : null);

    public Task Refresh() => Task.CompletedTask;
}

public sealed class ScriptedDirectory(Script script) : Grain, IDirectoryGrain
{
    public Task<TenantId?> TenantOf(string domain) => Task.FromResult<TenantId?>(domain == script.Domain ? script.Tenant : null);
    public Task<string?> DomainOf(TenantId tenant) => Task.FromResult(tenant == script.Tenant ? script.Domain : null);
    public Task<string?> TrunkOf(string address) => Task.FromResult<string?>(script.Trunk.Length > 0 ? script.Trunk : null);
    public Task<TrunkWay?> WayOut(string trunk) => Task.FromResult(trunk == script.Trunk ? script.WayOut : null);
    public Task<Items<TrunkProbe>> Probed() => Task.FromResult(script.Probed);
    public Task<bool> TakesCalls() => Task.FromResult(script.TakesCalls);
    public Task<bool> TakesCallsNow() => TakesCalls();
    public Task<EmergencyWay?> EmergencyWay(string dialled) => Task.FromResult(script.EmergencyWay is null ? null : script.EmergencyWay with { Shown = "" });
    public Task Report(EdgeReport report)
    {
        script.Report = report;
        return Task.CompletedTask;
    }

    public Task<Items<EdgeReport>> Edges() => Task.FromResult<Items<EdgeReport>>([]);
    public Task Refresh() => Task.CompletedTask;
}

public sealed class ScriptedEdge : Grain, IEdgeGrain
{
    EdgePresence? present;

    public Task Subscribe(IEdgeObserver edge, long epoch, EdgeReach reach, DateTimeOffset? lastAlive)
    {
        present = new(epoch, edge, reach, Gone: false, lastAlive);
        return Task.CompletedTask;
    }

    public Task<EdgePresence?> Present() => Task.FromResult(present);
    public Task<EdgePresence?> Check() => Task.FromResult(present);
    public Task<bool> Drain(bool draining) => Task.FromResult(false);
}

/// <summary>Extensions 1001 and 1002 have the password "secret"; there is no other.</summary>
public sealed class ScriptedStation(Script script) : Grain, IStationGrain
{
    static readonly Registrations None = new(0, []);

    string Name => GrainKeys.Name(this.GetPrimaryKeyString());

    public Task<ExtensionSettings?> Credentials(bool emergency) => Task.FromResult(Name is not ("1001" or "1002") ? null : new ExtensionSettings(script.Tenant, Name, null, Ha1(DigestAlgorithm.Md5), Ha1(DigestAlgorithm.Sha256)));

    Secret Ha1(DigestAlgorithm algorithm) => new(Convert.ToHexStringLower(algorithm.Ha1(Name, script.Domain, "secret")));

    public Task<Registrations> Registrations() => Task.FromResult(script.Stations.GetValueOrDefault(Name, None));

    public Task<bool> Save(Registrations registrations)
    {
        script.Stations[Name] = registrations with { Version = registrations.Version + 1 };
        return Task.FromResult(true);
    }

    public Task Refresh() => Task.CompletedTask;

    public Task<StationView> Look() => throw new NotSupportedException();

    public Task<IEdgeObserver?> Edge() => throw new NotSupportedException();

    public Task<Refusal?> Choose(StationKind kind) => throw new NotSupportedException();
    public Task<Refusal?> ChooseNumber(Secret number) => throw new NotSupportedException();

    public Task<BrowserGrant> Connect(Browser browser, bool take) => Task.FromResult(script.Browsers.Connect(browser, take));

    public Task<TimeSpan> Hear(string connection, bool heard)
    {
        script.Browsers.Say($"{(heard ? "heard" : "silent")} {connection}");
        return Task.FromResult(script.Browsers.Grace);
    }

    public Task Disconnect(string connection)
    {
        script.Browsers.Say($"gone {connection}");
        return Task.CompletedTask;
    }
}

public sealed class ScriptedTenant(Script script) : Grain, ITenantGrain
{
    public Task<EmergencyWay?> EmergencyWay(string dialled) => script.ReadsSettings ? Task.FromResult(script.EmergencyWay) : throw new StorageOutageException("the test says no");
    public Task Tell(Letter<TenantEvent> letter) => Task.CompletedTask;
    public Task<TenantSettings?> Settings() => Task.FromResult<TenantSettings?>(null);
    public Task<Items<PromptFile>> Prompts(Items<string> ids) => Task.FromResult<Items<PromptFile>>([]);
    public Task<HoursSettings?> Hours(string id) => Task.FromResult<HoursSettings?>(null);
    public Task<DialFigures> Dialling() => throw new NotSupportedException();
    public Task<StationNumberAnswer> CheckStation(string dialled) => throw new NotSupportedException();
    public Task Refresh() => Task.CompletedTask;
}

public sealed class ScriptedWebDoor(Script script) : Grain, IWebDoorGrain
{
    public Task<WebCallSettings?> Number(string number) => throw new NotSupportedException();
    public Task<Items<string>> Origins() => throw new NotSupportedException();
    public Task<WebCallEntry> Enter(CallId call, string number, string address) => throw new NotSupportedException();

    public Task Hold(CallId call, string number, string address)
    {
        script.Door.Enqueue($"hold {call} {number} {address}");
        return Task.CompletedTask;
    }

    public Task Leave(CallId call)
    {
        script.Door.Enqueue($"leave {call}");
        return Task.CompletedTask;
    }

    public Task Refresh() => Task.CompletedTask;
}
