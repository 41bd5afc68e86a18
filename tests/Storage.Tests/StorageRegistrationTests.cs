using CallCenter.Storage.Projections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Storage;
using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests;

public sealed class StorageRegistrationTests
{
    [Fact]
    public async Task A_host_with_storage_has_every_port_and_keeps_the_records_up()
    {
        using var folder = DataFolder.Migrated();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging().AddStorage(folder.Options);
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        foreach (var port in new[] { typeof(IPersonal), typeof(IConfigurationStore), typeof(IBlobs), typeof(ITenantCipher), typeof(IGrainStorage), typeof(IReminderTable) })
            Assert.NotNull(host.Services.GetService(port));

        Assert.Same(host.Services.GetRequiredService<IGrainStorage>(), host.Services.GetRequiredKeyedService<IGrainStorage>("stations"));

        var (journal, reports, call) = (host.Services.GetRequiredService<IJournal>(), host.Services.GetRequiredService<IReports>(), NewCall());
        var folded = host.Services.GetRequiredService<Projector>().Folded;
        var next = folded.Next;
        await journal.Append(Subject.Call(Acme, call), Entry(1, Arrived()));
        await next.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.NotNull(await reports.Call(Acme, call, TestContext.Current.CancellationToken));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task After_a_refold_the_records_are_there_again()
    {
        using var folder = DataFolder.Migrated();
        var call = NewCall();
        await using (var services = new ServiceCollection().AddLogging().AddStorage(folder.Options).BuildServiceProvider())
            foreach (var entry in WholeCall()) await services.GetRequiredService<IJournal>().Append(Subject.Call(Acme, call), entry, urgency: Urgency.Now);
        StorageMigrator.Refold(folder.Options, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        await using var again = new ServiceCollection().AddLogging().AddStorage(folder.Options).BuildServiceProvider();
        Assert.Equal(30_000, (await again.GetRequiredService<IReports>().Call(Acme, call, TestContext.Current.CancellationToken))?.TTalk);
    }

    [Fact]
    public void Faulty_options_stop_the_start() =>
        Assert.Throws<OptionsValidationException>(() => new ServiceCollection().AddStorage(new() { Path = "" }));
}
