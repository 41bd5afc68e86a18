using CallCenter.Contracts.Access;
using CallCenter.Contracts.Customers;
using CallCenter.Storage.Blobs;
using CallCenter.Storage.Configuration;
using CallCenter.Storage.Customers;
using CallCenter.Storage.Edges;
using CallCenter.Storage.Erasure;
using CallCenter.Storage.Journal;
using CallCenter.Storage.Personal;
using CallCenter.Storage.Postgres;
using CallCenter.Storage.Projections;
using CallCenter.Storage.Sqlite;
using CallCenter.Storage.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Storage;

namespace CallCenter.Storage;

/// <summary>Binds the storage ports.</summary>
public static class StorageRegistration
{
    /// <summary>
    /// IJournal, IPersonal, ICommittedFacts, IConfigurationStore, IAuditLog, IAccessRecords, ICustomerBook, ISummaryBook, IBlobs, ITenantCipher, IReports, IErasure, IGrainStorage under every name, IReminderTable
    /// and the projector and the teller of the audit logs' heads (hosted services). <see cref="StorageMigrator.Migrate"/> must have run: the first use of a
    /// database that is not at this program's schema throws <see cref="SchemaException"/>.
    /// </summary>
    /// <exception cref="OptionsValidationException">With every fault of the options.</exception>
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options)
    {
        var check = new StorageOptionsCheck().Validate(null, options);
        if (check.Failed) throw new OptionsValidationException("Data", typeof(StorageOptions), check.Failures);

        services.TryAddSingleton(TimeProvider.System);
        if (options.Postgres is { } address) AddPostgres(services, address);
        else AddSqlite(services, options.Path);
        services.AddSingleton(s => new TenantCipher(new(s.GetRequiredService<ITenantKeyStore>(), MasterKey.Read(options))));
        services.AddSingleton<ITenantCipher>(s => s.GetRequiredService<TenantCipher>());
        services.AddSingleton(_ => BlobPlace.Open(options));
        services.AddSingleton<IDialogStore>(s => ActivatorUtilities.CreateInstance<DialogFiles>(s, Path.Combine(options.Path, "edges")));
        AddConfiguration(services);
        AddJournal(services);
        AddState(services);
        return services;
    }

    private static void AddSqlite(IServiceCollection services, string folder)
    {
        services.AddSingleton<ITenantKeyStore>(_ => new SqliteTenantKeys(folder));
        services.AddSingleton<IConfigurationDatabase>(_ => new SqliteConfiguration(folder));
        services.AddSingleton<IEntryLog>(s => ActivatorUtilities.CreateInstance<SqliteEntryLog>(s, folder));
        services.AddSingleton<IViewStore>(_ => new SqliteViews(folder));
        services.AddSingleton<IStateStore>(_ => new SqliteState(folder));
    }

    /// <summary>
    /// What is opened anew for the configuration, and reports, wait for the server on a pool's thread. When many grains wake at once (routing
    /// asks every agent after a start) all threads would wait for connections whose holders need a thread to go on: the pool may grow so far without delay.
    /// </summary>
    private const int WaitingThreads = 16;

    private static void AddPostgres(IServiceCollection services, string address)
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, WaitingThreads), completions);
        services.AddSingleton(_ => PostgresDatabase.Open(address));
        services.AddSingleton<ITenantKeyStore, PostgresTenantKeys>();
        services.AddSingleton<IConfigurationDatabase, PostgresConfiguration>();
        services.AddSingleton<IEntryLog, PostgresEntryLog>();
        services.AddSingleton<IViewStore, PostgresViews>();
        services.AddSingleton<IStateStore, PostgresState>();
    }

    private static void AddConfiguration(IServiceCollection services)
    {
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<ConfigurationStore>(s));
        services.AddSingleton<IConfigurationStore>(s => s.GetRequiredService<ConfigurationStore>());
        services.AddSingleton<AccessStore>();
        services.AddSingleton<IAuditLog>(s => s.GetRequiredService<AccessStore>());
        services.AddSingleton<IAccessRecords>(s => s.GetRequiredService<AccessStore>());
        services.AddSingleton<AuditHeads>();
        services.AddHostedService(s => s.GetRequiredService<AuditHeads>());
        services.AddSingleton<CustomerBook>();
        services.AddSingleton<ICustomerBook>(s => s.GetRequiredService<CustomerBook>());
    }

    private static void AddJournal(IServiceCollection services)
    {
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<GroupedJournal>(s));
        services.AddSingleton<IJournal>(s => s.GetRequiredService<GroupedJournal>());
        services.AddSingleton<IPersonal>(s => s.GetRequiredService<GroupedJournal>());
        services.AddSingleton<ICommittedFacts>(s => s.GetRequiredService<GroupedJournal>().Facts);
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<Projector>(s, s.GetRequiredService<GroupedJournal>().Committed));
        services.AddHostedService(s => s.GetRequiredService<Projector>());
        services.AddSingleton<IReports, Reports>();
        services.AddSingleton<SummaryBook>();
        services.AddSingleton<ISummaryBook>(s => s.GetRequiredService<SummaryBook>());
        services.AddSingleton<IErasure, Erasures>();
    }

    private static void AddState(IServiceCollection services)
    {
        services.AddSingleton<StoredGrainState>();
        services.AddKeyedSingleton<IGrainStorage>(KeyedService.AnyKey, (s, _) => s.GetRequiredService<StoredGrainState>());
        services.AddSingleton<IGrainStorage>(s => s.GetRequiredService<StoredGrainState>());
        services.AddSingleton<IReminderTable, StoredReminders>();
    }
}
