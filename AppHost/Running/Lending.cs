using CallCenter.Contracts.Access;
using CallCenter.Contracts.Configuration;
using CallCenter.Contracts.Customers;
using CallCenter.Contracts.Journal;
using CallCenter.Contracts.Media;
using CallCenter.Contracts.Reports;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace CallCenter.AppHost.Running;

/// <summary>The web applications have services of their own, and borrow the ports from the core host, which keeps and ends them.</summary>
internal static class Lending
{
    public static IServiceCollection Borrow(this IServiceCollection services, IServiceProvider core) => services
        .AddSingleton(core.GetRequiredService<TimeProvider>())
        .AddSingleton(core.GetRequiredService<IConfigurationStore>())
        .AddSingleton(core.GetRequiredService<IAuditLog>())
        .AddSingleton(core.GetRequiredService<IAccessRecords>())
        .AddSingleton(core.GetRequiredService<IReports>())
        .AddSingleton(core.GetRequiredService<IPersonal>())
        .AddSingleton(core.GetRequiredService<IErasure>())
        .AddSingleton(core.GetRequiredService<ICustomerBook>())
        .AddSingleton(core.GetRequiredService<ISummaryBook>())
        .AddSingleton(core.GetRequiredService<ICommittedFacts>())
        .AddSingleton(core.GetRequiredService<IPersonal>())
        .AddSingleton(core.GetRequiredService<IBlobs>())
        .AddSingleton(core.GetRequiredService<IRecordingReader>())
        .AddSingleton(core.GetRequiredService<IPromptStudio>())
        .AddSingleton(core.GetRequiredService<ITenantCipher>())
        .AddSingleton<IGrainFactory>(core.GetRequiredService<IClusterClient>());
}
