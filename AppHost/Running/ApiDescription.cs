using System.Reflection;
using CallCenter.Api;
using CallCenter.Contracts.Access;
using CallCenter.Contracts.Configuration;
using CallCenter.Contracts.Customers;
using CallCenter.Contracts.Journal;
using CallCenter.Contracts.Media;
using CallCenter.Contracts.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace CallCenter.AppHost.Running;

/// <summary>Writes the API's OpenAPI document into a file, without a database or a silo: the portal's build reads its types from it.</summary>
internal static partial class ApiDescription
{
    public static async Task<int> Write(IConfiguration configuration, string file)
    {
        var builder = Hosts.Web(configuration);
        builder.ListenOnLoopback(0);
        builder.Services.AddSingleton(Nobody<IConfigurationStore>()).AddSingleton(Nobody<IReports>()).AddSingleton(Nobody<IErasure>()).AddSingleton(Nobody<IPersonal>()).AddSingleton(Nobody<IBlobs>()).AddSingleton(Nobody<IAuditLog>()).AddSingleton(Nobody<IAccessRecords>())
            .AddSingleton(Nobody<IRecordingReader>()).AddSingleton(Nobody<IPromptStudio>()).AddSingleton(Nobody<ITenantCipher>()).AddSingleton(Nobody<ICustomerBook>()).AddSingleton(Nobody<ISummaryBook>()).AddSingleton(Nobody<IGrainFactory>()).AddSingleton<ICommittedFacts, Nothing>()
            .AddApi(new() { SessionKey = new byte[32] });
        await using var api = builder.Build().MapApi();
        await api.StartAsync();
        using var client = new HttpClient { BaseAddress = new(api.Urls.First()) };
        var text = await client.GetStringAsync("/openapi/v1.json");
        if (!File.Exists(file) || await File.ReadAllTextAsync(file) != text) await File.WriteAllTextAsync(file, text); // what is unchanged is not built anew
        await api.StopAsync();
        return 0;
    }

    private static T Nobody<T>() where T : class => DispatchProxy.Create<T, Absent>();

    /// <summary>Nobody is asked anything while the API is only described.</summary>
#pragma warning disable CA1852 // proxies that are made while the program runs derive from it
    public partial class Absent : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new NotSupportedException("the API is only described");
    }
#pragma warning restore CA1852

    private sealed class Nothing : ICommittedFacts
    {
        public IAsyncEnumerable<CommittedFacts> Follow(CancellationToken stop) => AsyncEnumerable.Empty<CommittedFacts>();
    }
}
