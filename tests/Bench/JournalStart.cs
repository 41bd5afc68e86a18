using System.Diagnostics;
using CallCenter.Contracts.Configuration;
using CallCenter.Domain;
using CallCenter.Domain.Access;
using CallCenter.Domain.Agents;
using CallCenter.Domain.Tenants;
using CallCenter.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Bench;

/// <summary>What storage costs at the program's first start: making the files, the first query, demo data.</summary>
internal static class JournalStart
{
    public static async Task Run(StorageOptions options, int agents)
    {
        var began = Cpu();
        StorageMigrator.Migrate(options);
        Report("migrate a new folder", ref began);

        await using var services = new ServiceCollection().AddLogging().AddStorage(options).BuildServiceProvider();
        var store = services.GetRequiredService<IConfigurationStore>();
        await store.Find<TenantSettings>(TenantId.Operator, "acme");
        Report("first query of the configuration", ref began);

        var refusal = await store.PutMany([.. Settings(agents)], Author.Product);
        Report($"{agents * 3} settings in one transaction{(refusal is null ? "" : " REFUSED")}", ref began);

        for (var i = 0; i < 1_000; i++) await store.Find<AgentSettings>(new("acme"), $"a{i % agents}");
        Report("1,000 finds", ref began);
    }

    private static IEnumerable<ISetting> Settings(int agents)
    {
        TenantId acme = new("acme");
        for (var i = 0; i < agents; i++)
        {
            yield return new UserAccount(acme, $"a{i}", $"Agent {i}", Role.Agent, new("hash"));
            yield return new AgentSettings(acme, new($"a{i}"), $"Agent {i}", $"a{i}", $"{1001 + i}", true, 0, 3, RetryDelays.Default, [new(acme, new("sales")), new(acme, new("all"))]);
            yield return new ExtensionSettings(acme, $"{1001 + i}", new AgentId($"a{i}"), new("md5"), new("sha256"));
        }
    }

    private static void Report(string what, ref TimeSpan began)
    {
        Console.WriteLine($"{what}: {(Cpu() - began).TotalMilliseconds:f0} ms CPU");
        began = Cpu();
    }

    private static TimeSpan Cpu() => Process.GetCurrentProcess().TotalProcessorTime;
}
