using CallCenter.Storage.Configuration;
using CallCenter.Storage.Postgres;
using CallCenter.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Postgres;

public sealed class PostgresMigrationTests : IDisposable
{
    private readonly PostgresBox box = PostgresBox.Empty();

    public void Dispose() => box.Dispose();

    [Fact]
    public async Task What_was_done_before_there_was_a_log_stands_in_it()
    {
        StorageMigrator.Migrate(box.Options);
        box.Sql("""
            set search_path = callcenter;
            drop trigger history_stays on history; drop table audit_log, access_records, access_policies, audit_links, audit_heads; drop function past_is_not_changed, head_only_goes_on;
            drop table teams, presence_reasons, station_rules; alter table agents drop column profiles, drop column skills; alter table queues drop column skills;
            drop table prompts, brandings, custom_domains, host_certificates, identity_providers, web_calls, customers, customer_numbers, summaries, call_types, script_cards, cti_settings;
            alter table agents drop column staff_number, drop column staff_numbers; alter table queues drop column whisper, drop column whisper_prompt, drop column announces_staff_number;
            alter table users drop column disabled, drop column email; alter table api_keys drop column scopes; alter table tenants drop column suspended; alter table trunks drop column probe;
            insert into history values ('acme', 'QueueSettings', 'sales', 1, 5, 'operator', 'system', null, '{}'), ('acme', 'QueueSettings', 'sales', 2, 7, 'acme', 'admin', '192.0.2.7', null);
            update schema_versions set version = 7 where part = 'config';
            """);
        StorageMigrator.Migrate(box.Options);
        using var store = new CallCenter.Storage.Configuration.ConfigurationStore(new PostgresConfiguration(box.Open()), TimeProvider.System);
        var entries = (await new CallCenter.Storage.Configuration.AccessStore(store, TimeProvider.System).Read(A.Acme, new(), null, 9, TestContext.Current.CancellationToken)).Items;
        Assert.Equal(["Removed sales by admin", "Changed sales by system"], entries.Select(entry => $"{entry.Action} {entry.Subject} by {entry.By.User}"));
    }

    [Fact]
    public void Starters_at_once_migrate_one_after_the_other_and_again_changes_nothing()
    {
        Parallel.For(0, 4, _ => StorageMigrator.Migrate(new() { Path = box.Options.Path, Postgres = box.Address, MasterKey = Convert.ToBase64String(new byte[32]) }));
        StorageMigrator.Migrate(box.Options);
        Assert.NotNull(box.Open());
    }

    [Fact]
    public void A_newer_schema_refuses_to_start_and_stays_untouched()
    {
        StorageMigrator.Migrate(box.Options);
        box.Sql("update callcenter.schema_versions set version = 99 where part = 'views'");
        Assert.Contains("newer version", Assert.Throws<SchemaException>(() => StorageMigrator.Migrate(box.Options)).Message, StringComparison.Ordinal);
        Assert.Throws<SchemaException>(box.Open);
        Assert.Equal("99", box.Sql("select version from callcenter.schema_versions where part = 'views'"));
    }

    [Fact]
    public void What_was_not_migrated_does_not_open() => Assert.Throws<SchemaException>(box.Open);

    [Fact]
    public void Both_databases_have_the_same_schemas() =>
        Assert.All(SqliteFile.All, file => Assert.Equal(SqliteSchema.Newest(file), PostgresSchema.Newest(file.Name)));

    [Theory]
    [InlineData("Host=db;Database=x")]
    [InlineData("Host=db;Username=u")]
    [InlineData("Database=x;Username=u")]
    [InlineData("Host=db;Database=x;Username=u;Port=many;Password=hunter2")]
    [InlineData("hunter2")]
    [InlineData("Host=db;hunter2=3")]
    public void A_wrong_connection_string_is_told_without_its_secrets(string address)
    {
        var fault = Assert.Single(new StorageOptionsCheck().Validate(null, new() { Postgres = address }).Failures!);
        Assert.Contains("Data:Postgres", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_does_not_answer_is_an_outage_that_tells_no_password()
    {
        var nobody = new StorageOptions { Path = box.Options.Path, Postgres = $"Host=127.0.0.1;Port={Kit.Processes.FreePorts.Take()};Database=x;Username=u;Password=hunter2" };
        Assert.DoesNotContain("hunter2", Assert.Throws<StorageOutageException>(() => StorageMigrator.Migrate(nobody)).ToString(), StringComparison.Ordinal);
        Assert.Throws<StorageOutageException>(() => PostgresDatabase.Open(box.Address.Replace("Username=callcenter", "Username=stranger", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_port_works_on_it_and_a_refold_brings_the_records_again()
    {
        StorageMigrator.Migrate(box.Options);
        var call = NewCall();
        await using (var services = new ServiceCollection().AddLogging().AddStorage(box.Options).BuildServiceProvider())
        {
            foreach (var entry in WholeCall()) await services.GetRequiredService<IJournal>().Append(Subject.Call(Acme, call), entry, urgency: Urgency.Now);
            Assert.True(await services.GetRequiredService<IConfigurationStore>().IsEmpty(TestContext.Current.CancellationToken));
        }
        StorageMigrator.Refold(box.Options, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        await using var again = new ServiceCollection().AddLogging().AddStorage(box.Options).BuildServiceProvider();
        Assert.Equal(30_000, (await again.GetRequiredService<IReports>().Call(Acme, call, TestContext.Current.CancellationToken))?.TTalk);
    }
}
