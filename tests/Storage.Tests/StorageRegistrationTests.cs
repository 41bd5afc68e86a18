using CallCenter.Storage.Projections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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

        var (journal, reports, call) = (host.Services.GetRequiredService<IJournal>(), host.Services.GetRequiredService<IReports>(), NewCall());
        var folded = host.Services.GetRequiredService<Projector>().Folded;
        var next = folded.Next;
        await journal.Append(Subject.Call(Acme, call), Entry(1, Arrived()));
        await next.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.NotNull(await reports.Call(Acme, call, TestContext.Current.CancellationToken));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Faulty_options_stop_the_start() =>
        Assert.Throws<OptionsValidationException>(() => new ServiceCollection().AddStorage(new() { Path = "" }));
}
