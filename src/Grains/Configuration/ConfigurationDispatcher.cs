using CallCenter.Domain.Hours;
using CallCenter.Domain.Prompts;
using CallCenter.Domain.Teams;
using Microsoft.Extensions.Hosting;

namespace CallCenter.Grains.Configuration;

/// <summary>
/// Carries each committed change of configuration to the grains that hold copies, in the order of the writes, and then has it
/// struck off. A change that a grain cannot take in is tried again for a while, then left for the next start: it must not
/// hold up all others.
/// </summary>
sealed class ConfigurationDispatcher(IConfigurationStore store, IGrainFactory grains, TimeProvider clock, ILogger<ConfigurationDispatcher> log) : BackgroundService
{
    const int Attempts = 8;

    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100), Outage = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    await CarryAll(stoppingToken);
                }
                catch (Exception fault) when (!stoppingToken.IsCancellationRequested) // the store is gone for now: calls go on with the copies there are
                {
                    log.NotRead(fault);
                }
                await Task.Delay(Outage, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the host stops; what was not done is told again at the next start
        }
    }

    async Task CarryAll(CancellationToken stop)
    {
        await foreach (var notice in store.Notices(stop))
            if (await Carry(notice, stop)) await store.Done(notice, stop);
    }

    async Task<bool> Carry(ConfigurationNotice notice, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Refresh(notice, stop);
                log.Carried(notice.Kind, notice.Owner.Value, notice.Version);
                return true;
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                if (attempt == Attempts)
                {
                    log.NotCarried(notice.Number, notice.Kind, notice.Owner.Value, fault);
                    return false;
                }
                await Task.Delay(FirstPause * (1 << (attempt - 1)), clock, stop);
            }
        }
    }

    async Task Refresh(ConfigurationNotice notice, CancellationToken stop)
    {
        switch (notice.Kind)
        {
            case nameof(QueueSettings): await grains.Queue(new(notice.Owner, new(notice.Id))).Refresh(); break;
            case nameof(AgentSettings):
                await grains.Agent(new(notice.Owner, new(notice.Id))).Refresh();
                if (await store.Find<AgentSettings>(notice.Owner, notice.Id, stop) is { } agent) await grains.Station(notice.Owner, agent.Extension).Refresh();
                break;
            case nameof(TeamSettings): await grains.Team(notice.Owner, notice.Id).Refresh(); break;
            case nameof(UserAccount): await RefreshAgentsOf(notice, stop); break;
            case nameof(ExtensionSettings): await grains.Station(notice.Owner, notice.Id).Refresh(); break;
            case nameof(NumberSettings):
                await grains.Number(notice.Id).Refresh();
                await RefreshOwners(notice, stop);
                break;
            case nameof(DialSettings) or nameof(HoursSettings) or nameof(PromptSettings): await grains.Tenant(notice.Owner).Refresh(); break;
            case nameof(WebCallSettings): await grains.WebDoor(notice.Owner).Refresh(); break;
            case nameof(DialCeiling): await grains.Tenant(new(notice.Id)).Refresh(); break;
            case nameof(FlowSettings): await RefreshNumbers(notice.Owner, n => n.Flow?.Value == notice.Id, stop); break;
            case nameof(TrunkSettings):
                await grains.Directory().Refresh();
                await grains.Trunk(notice.Id).Refresh();
                await foreach (var tenant in store.All<TenantSettings>(TenantId.Operator, stop)) await grains.Tenant(tenant.Tenant).Refresh();
                break;
            case nameof(TenantSettings):
                await grains.Tenant(new(notice.Id)).Refresh();
                await grains.Directory().Refresh();
                await RefreshNumbers(new(notice.Id), _ => true, stop);
                break;
        }
    }

    /// <summary>An account that came, went, was switched off or on, or got another role: who is an agent by it takes calls from now on, or none; neither does its phone.</summary>
    async Task RefreshAgentsOf(ConfigurationNotice notice, CancellationToken stop)
    {
        if (notice.Version == 1) return; // no agent is of an account that was never there
        var now = await store.Find<UserAccount>(notice.Owner, notice.Id, stop);
        var before = await store.FindVersion<UserAccount>(notice.Owner, notice.Id, notice.Version - 1, stop);
        if (now?.Role == before?.Role && now?.Disabled == before?.Disabled) return;
        await foreach (var agent in store.All<AgentSettings>(notice.Owner, stop))
            if (agent.User == notice.Id)
            {
                await grains.Agent(new(notice.Owner, agent.Agent)).Refresh();
                await grains.Station(notice.Owner, agent.Extension).Refresh();
            }
    }

    /// <summary>Whose number it is, and whose it was before: what a tenant may show has changed.</summary>
    async Task RefreshOwners(ConfigurationNotice notice, CancellationToken stop)
    {
        var now = await store.Find<NumberSettings>(TenantId.Operator, notice.Id, stop);
        var before = notice.Version > 1 ? await store.FindVersion<NumberSettings>(TenantId.Operator, notice.Id, notice.Version - 1, stop) : null;
        if (now is not null) await grains.Tenant(now.Tenant).Refresh();
        if (before is not null && before.Tenant != now?.Tenant) await grains.Tenant(before.Tenant).Refresh();
    }

    async Task RefreshNumbers(TenantId tenant, Func<NumberSettings, bool> which, CancellationToken stop)
    {
        await foreach (var number in store.AllNumbersOf(tenant, stop))
            if (which(number)) await grains.Number(number.Id).Refresh();
    }
}

static partial class ConfigurationLog
{
    [LoggerMessage(2401, LogLevel.Debug, "{Kind} of {Owner}, version {Version}, is in force")]
    public static partial void Carried(this ILogger log, string kind, string owner, long version);

    [LoggerMessage(2402, LogLevel.Error, "Notice {Number} ({Kind} of {Owner}) could not be carried to the grains; it is told again at the next start")]
    public static partial void NotCarried(this ILogger log, long number, string kind, string owner, Exception fault);

    [LoggerMessage(2403, LogLevel.Error, "The notices of configuration changes cannot be read; they are read again from the first that was not carried")]
    public static partial void NotRead(this ILogger log, Exception fault);
}
