using CallCenter.Storage.Configuration;
using CallCenter.Storage.Sqlite;

namespace CallCenter.Storage.Tests;

public sealed class StorageMigratorTests : IDisposable
{
    private readonly DataFolder folder = DataFolder.Empty();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Migrating_twice_changes_nothing()
    {
        StorageMigrator.Migrate(folder.Options);
        var key = File.ReadAllBytes(Personal.MasterKey(folder));
        StorageMigrator.Migrate(folder.Options);
        Assert.Equal(key, File.ReadAllBytes(Personal.MasterKey(folder)));
    }

    private static class Personal
    {
        public static string MasterKey(DataFolder folder) => Storage.Personal.MasterKey.File(folder.Options);
    }

    [Fact]
    public void Starters_at_once_migrate_one_after_the_other()
    {
        Parallel.For(0, 4, _ => StorageMigrator.Migrate(folder.Options));
        foreach (var file in SqliteFile.All)
        {
            using var connection = file.Open(folder.Path);
            SqliteSchema.Check(file, connection);
        }
    }

    [Fact]
    public async Task What_was_done_before_there_was_a_log_stands_in_it()
    {
        StorageMigrator.Migrate(folder.Options);
        using (var connection = SqliteFile.Config.Open(folder.Path))
            connection.Run("""
                drop trigger history_is_not_changed; drop trigger history_is_not_removed; drop table audit_log; drop table access_records; drop table access_policies;
                drop table teams; drop table presence_reasons; drop table station_rules; alter table agents drop column profiles; alter table agents drop column skills; alter table queues drop column skills;
                drop table prompts; drop table brandings; drop table custom_domains; drop table host_certificates; drop table identity_providers; drop table web_calls;
                drop table customers; drop table customer_numbers; drop table summaries; drop table call_types; drop table script_cards; drop table audit_links; drop table audit_heads;
                drop index agents_staff_number; alter table agents drop column staff_number; alter table agents drop column staff_numbers; alter table queues drop column whisper; alter table queues drop column whisper_prompt; alter table queues drop column announces_staff_number; drop table cti_settings;
                alter table users drop column disabled; alter table users drop column email; alter table api_keys drop column scopes; alter table tenants drop column suspended; alter table trunks drop column probe;
                insert into history values ('acme', 'QueueSettings', 'sales', 1, 5, 'operator', 'system', null, '{}'), ('acme', 'QueueSettings', 'sales', 2, 7, 'acme', 'admin', '192.0.2.7', null);
                pragma user_version = 7;
                """);
        StorageMigrator.Migrate(folder.Options);
        using var store = new ConfigurationStore(new SqliteConfiguration(folder.Path), TimeProvider.System);
        var entries = (await new AccessStore(store, TimeProvider.System).Read(A.Acme, new(), null, 9, TestContext.Current.CancellationToken)).Items;
        Assert.Equal(["Removed sales by admin", "Changed sales by system"], entries.Select(entry => $"{entry.Action} {entry.Subject} by {entry.By.User}"));
    }

    [Fact]
    public void A_newer_schema_refuses_to_start_and_stays_untouched()
    {
        StorageMigrator.Migrate(folder.Options);
        using (SqliteFile.Config.Open(folder.Path, "pragma user_version = 99"))
            Assert.Throws<SchemaException>(() => StorageMigrator.Migrate(folder.Options));
        Assert.Throws<SchemaException>(() => new ConfigurationStore(new SqliteConfiguration(folder.Path), TimeProvider.System));
        using var connection = SqliteFile.Config.Open(folder.Path);
        Assert.Equal(99, connection.Number("pragma user_version"));
    }

    [Fact]
    public void What_was_not_migrated_does_not_open()
    {
        Directory.CreateDirectory(folder.Path);
        Assert.Throws<SchemaException>(() => new SqliteState(folder.Path));
    }

    [Fact]
    public void Every_file_has_its_scripts() => Assert.All(SqliteFile.All, file => Assert.True(SqliteSchema.Newest(file) >= 1));

    [Fact]
    public void Wrong_options_are_told_all_at_once()
    {
        var result = new StorageOptionsCheck().Validate(null, new() { Path = " ", MasterKey = "short" });
        Assert.Equal(2, result.Failures!.Count());
        Assert.True(new StorageOptionsCheck().Validate(null, new()).Succeeded);
    }
}
