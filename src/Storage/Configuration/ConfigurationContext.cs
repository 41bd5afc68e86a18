using Microsoft.EntityFrameworkCore;

namespace CallCenter.Storage.Configuration;

/// <summary>
/// The settings of one owner. It cannot be built without an owner, sees no row of another and refuses to write one.
/// </summary>
internal sealed class ConfigurationContext : DbContext
{
    public ConfigurationContext(DbContextOptions<ConfigurationContext> options, TenantId owner) : base(options)
    {
        if (!TenantId.TryParse(owner.Value, null, out _)) throw new ArgumentException($"'{owner}' is no owner", nameof(owner));
        Owner = owner.Value;
        ChangeTracker.AutoDetectChangesEnabled = false; // rows are replaced whole, never changed in place
        ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
    }

    public string Owner { get; }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var kind in SettingKinds.All.Values) kind.Map(modelBuilder, this);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        RefuseOthers();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        RefuseOthers();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    private void RefuseOthers()
    {
        foreach (var entry in ChangeTracker.Entries<SettingRow>())
            if (entry.Entity.Owner != Owner) throw new InvalidOperationException($"a row of {entry.Entity.Owner} in a context of {Owner}");
    }
}
