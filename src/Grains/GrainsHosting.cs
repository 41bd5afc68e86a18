using CallCenter.Grains.Calls;
using CallCenter.Grains.Configuration;
using CallCenter.Grains.Flows;
using CallCenter.Grains.Subjects;
using CallCenter.Grains.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;

namespace CallCenter.Grains;

/// <summary>The silo role.</summary>
public static class GrainsHosting
{
    /// <summary>
    /// Adds the grains, the tenant guard, the carrier of configuration changes and the recovery of open calls. The host registers
    /// <see cref="IJournal"/>, <see cref="IPersonal"/>, <see cref="IConfigurationStore"/>, the grain storages named in <see cref="GrainStores"/> and, if it
    /// has a better one, a <see cref="TimeProvider"/>.
    /// </summary>
    /// <param name="meter">Under which name they count.</param>
    public static ISiloBuilder AddGrains(this ISiloBuilder silo, string meter = "CallCenter.Grains")
    {
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddSingleton<Epochs>();
        silo.Services.AddSingleton<FlowBook>();
        silo.Services.AddSingleton<SubjectPorts>();
        silo.Services.AddSingleton(_ => new Meters(meter));
        silo.AddIncomingGrainCallFilter<TenantGuard>();
        silo.Services.AddHostedService<ConfigurationDispatcher>();
        silo.Services.AddHostedService<StartupRecovery>();
        return silo;
    }
}
