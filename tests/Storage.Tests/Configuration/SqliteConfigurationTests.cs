using CallCenter.Storage.Configuration;
using CallCenter.Storage.Sqlite;
using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Configuration;

public sealed class SqliteConfigurationConformance : ConfigurationConformance, IDisposable
{
    private readonly DataFolder folder = DataFolder.Migrated();

    private protected override ConfigurationStore Open() => new(new SqliteConfiguration(folder.Path), TimeProvider.System);

    public void Dispose() => folder.Dispose();
}

public sealed class SqliteAccessConformance : AccessConformance, IDisposable
{
    private readonly DataFolder folder = DataFolder.Migrated();

    private protected override ConfigurationStore Open(TimeProvider time) => new(new SqliteConfiguration(folder.Path), time);

    private protected override void Sql(string text)
    {
        using var connection = SqliteFile.Config.Open(folder.Path);
        connection.Run(text);
    }

    private protected override void Behind(string sql) => Sql($"""
        drop trigger audit_log_is_not_changed; drop trigger audit_log_is_not_removed; drop trigger history_is_not_changed; drop trigger audit_links_are_not_changed;
        drop trigger audit_links_are_not_removed; drop trigger audit_heads_are_not_removed; {sql}
        """);

    public void Dispose() => folder.Dispose();
}

public sealed class SqliteConfigurationTests : IDisposable
{
    private readonly DataFolder folder = DataFolder.Migrated();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_audit_tells_before_and_after_who_and_whence_without_secrets()
    {
        using var store = new ConfigurationStore(new SqliteConfiguration(folder.Path), TimeProvider.System);
        var user = new UserAccount(Acme, "admin", "Ada", Role.TenantAdmin, new("very-secret-hash"));
        await store.Put(user, new(Acme, "root", "192.0.2.7"), stop: TestContext.Current.CancellationToken);
        await store.Put(user with { Name = "Bea", PasswordHash = new("other-secret-hash") }, new(Acme, "root", null), stop: TestContext.Current.CancellationToken);

        using var connection = SqliteFile.Config.Open(folder.Path);
        using var command = connection.CreateCommand();
        command.CommandText = "select author_owner, author_user, author_address, before, after from audit order by version";
        using var row = command.ExecuteReader();
        Assert.True(row.Read());
        Assert.Equal(("acme", "root", "192.0.2.7"), (row.GetString(0), row.GetString(1), row.GetString(2)));
        Assert.True(row.IsDBNull(3));
        Assert.True(row.Read());
        Assert.Contains("Ada", row.GetString(3), StringComparison.Ordinal);
        Assert.Contains("Bea", row.GetString(4), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", row.GetString(3) + row.GetString(4), StringComparison.Ordinal);
        Assert.Equal("other-secret-hash", (await store.Find<UserAccount>(Acme, "admin", TestContext.Current.CancellationToken))!.PasswordHash.Value);
    }

    [Fact]
    public void A_tenants_share_of_the_stock_is_found_by_an_index()
    {
        using var connection = SqliteFile.Config.Open(folder.Path);
        using var command = connection.CreateCommand();
        command.CommandText = "explain query plan select * from numbers where owner = 'operator' and tenant = 'acme' and id > '' order by id limit 9";
        using var plan = command.ExecuteReader();
        Assert.True(plan.Read());
        Assert.Equal("SEARCH numbers USING COVERING INDEX numbers_of_tenant (owner=? AND tenant=? AND id>?)", plan.GetString(3));
        Assert.False(plan.Read()); // and it is in order already
    }

    [Fact]
    public void A_context_needs_an_owner()
    {
        var database = new SqliteConfiguration(folder.Path);
        using var connection = database.Open();
        Assert.Throws<ArgumentException>(() => new ConfigurationContext(database.Options(connection), default));
    }

    [Fact]
    public async Task A_context_refuses_to_write_another_owners_row()
    {
        var database = new SqliteConfiguration(folder.Path);
        using var connection = database.Open();
        using var context = new ConfigurationContext(database.Options(connection), Acme);
        context.Add(new FlowRow { Owner = "globex", Id = "main", Version = 1, Name = "", Json = "" });
        await Assert.ThrowsAsync<InvalidOperationException>(() => context.SaveChangesAsync(TestContext.Current.CancellationToken));
        Assert.Throws<InvalidOperationException>(() => context.SaveChanges());
    }
}
