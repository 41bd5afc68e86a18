using CallCenter.Contracts.Access;
using CallCenter.Storage.Configuration;
using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Configuration;

/// <summary>What every database must do for the audit log and the records of signing in.</summary>
public abstract class AccessConformance
{
    private static readonly Author Admin = new(Acme, "admin", "192.0.2.7"), Operator = new(TenantId.Operator, "operator", null);
    private static readonly QueueSettings Queue = new(Acme, Sales, "售前咨询", 15, true, 30, "music");
    private protected readonly SetClock Clock = new();

    private protected abstract ConfigurationStore Open(TimeProvider time);

    /// <summary>Runs SQL as nobody in particular may, over the program's own connection; throws what the database says.</summary>
    private protected abstract void Sql(string text);

    /// <summary>Runs SQL as whoever owns the database may, past every trigger.</summary>
    private protected abstract void Behind(string sql);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_write_stands_in_the_log_with_what_was_before_and_after_and_without_secrets()
    {
        using var store = Open(Clock);
        var log = new AccessStore(store, Clock);
        await store.Put(Queue, Admin, stop: Stop);
        await store.Put(Queue with { Name = "B" }, Admin, stop: Stop);
        await store.Delete<QueueSettings>(Acme, "sales", Admin, Stop);
        await store.Put(new UserAccount(Acme, "bob", "Bob", Role.Agent, new("very-secret-hash")), Admin, stop: Stop);
        var entries = (await log.Read(Acme, new(), null, 10, Stop)).Items;
        Assert.Equal(["Changed UserAccount bob 1", "Removed QueueSettings sales 3", "Changed QueueSettings sales 2", "Changed QueueSettings sales 1"], entries.Select(e => $"{e.Action} {e.Kind} {e.Subject} {e.Version}"));
        Assert.All(entries, entry => Assert.Equal(Admin, entry.By));
        var change = (await log.Find(Acme, entries[2].Number, Stop))!;
        Assert.Contains("售前咨询", System.Text.RegularExpressions.Regex.Unescape(change.Before!), StringComparison.Ordinal);
        Assert.Contains("\"B\"", change.After, StringComparison.Ordinal);
        Assert.Null((await log.Find(Acme, entries[1].Number, Stop))!.After);
        Assert.DoesNotContain("very-secret", (await log.Find(Acme, entries[0].Number, Stop))!.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_by_another_owners_people_stands_in_both_logs_and_a_refused_one_in_none()
    {
        using var store = Open(Clock);
        var log = new AccessStore(store, Clock);
        await store.Put(Queue, Operator, stop: Stop);
        await store.Put(Queue with { Owner = Globex }, Author.Product, stop: Stop);
        Assert.NotNull((await store.Put(Queue with { Owner = Globex }, Admin, stop: Stop)).Refusal);
        Assert.Equal("operator", Assert.Single((await log.Read(Acme, new(), null, 10, Stop)).Items).By.User);
        var operators = Assert.Single((await log.Read(TenantId.Operator, new(), null, 10, Stop)).Items);
        Assert.NotNull((await log.Find(TenantId.Operator, operators.Number, Stop))!.After);
        Assert.Null(await log.Find(Acme, operators.Number, Stop));
        Assert.Single((await log.Read(Globex, new(), null, 10, Stop)).Items);
    }

    [Fact]
    public async Task The_log_is_read_newest_first_in_pages_and_by_what_one_looks_for()
    {
        using var store = Open(Clock);
        var log = new AccessStore(store, Clock);
        for (var i = 0; i < 5; i++)
        {
            await log.Add(new(Acme, Admin with { User = $"u{i}" }, i == 2 ? AuditAction.SignInFailed : AuditAction.SignedIn, "x", $"d{i}"), Stop);
            Clock.Move(TimeSpan.FromMinutes(1));
        }
        var page = await log.Read(Acme, new(), null, 3, Stop);
        Assert.Equal(["d4", "d3", "d2"], page.Items.Select(e => e.Detail!));
        var rest = await log.Read(Acme, new(), page.Next, 3, Stop);
        Assert.Equal(["d1", "d0"], rest.Items.Select(e => e.Detail!));
        Assert.Null(rest.Next);
        Assert.Equal(["d2"], (await log.Read(Acme, new(Action: "SignInFailed"), null, 9, Stop)).Items.Select(e => e.Detail!));
        Assert.Equal(["d3"], (await log.Read(Acme, new(User: "u3", Subject: "x"), null, 9, Stop)).Items.Select(e => e.Detail!));
        Assert.Equal(["d2", "d1"], (await log.Read(Acme, new(SetClock.Start.AddMinutes(1), SetClock.Start.AddMinutes(3)), null, 9, Stop)).Items.Select(e => e.Detail!));
        Assert.Empty((await log.Read(Globex, new(), null, 9, Stop)).Items.AsEnumerable());
    }

    [Theory]
    [InlineData("update audit_log set by_user = 'nobody'")]
    [InlineData("delete from audit_log")]
    [InlineData("update history set body = '{}'")]
    [InlineData("delete from history")]
    [InlineData("update audit_links set place = 7")]
    [InlineData("delete from audit_links")]
    [InlineData("update audit_heads set hash = hash")]
    [InlineData("delete from audit_heads")]
    public async Task The_past_is_never_changed(string sql)
    {
        using var store = Open(Clock);
        await store.Put(Queue, Admin, stop: Stop);
        Assert.Contains("never changed", Assert.ThrowsAny<System.Data.Common.DbException>(() => Sql(sql)).Message, StringComparison.Ordinal);
        Assert.Single((await new AccessStore(store, Clock).Read(Acme, new(), null, 10, Stop)).Items);
    }

    /// <summary>Two owners' logs; five entries of the first, one of which the operator's people wrote.</summary>
    private async Task<long[]> Written(ConfigurationStore store, AccessStore log)
    {
        await store.PutMany([Queue, Queue with { Owner = Globex }], Author.Product, Stop);
        await store.Put(Queue with { Name = "B" }, Operator, stop: Stop);
        await log.Add(new(Acme, Admin, AuditAction.SignedIn, "admin"), Stop);
        await store.Delete<QueueSettings>(Acme, "sales", Admin, Stop);
        await log.Add(new(Acme, Admin with { Address = null }, AuditAction.Exported, null, "why 原因"), Stop);
        return [.. (await log.Read(Acme, new(), null, 10, Stop)).Items.Select(entry => entry.Number).Order()];
    }

    [Fact]
    public async Task Entries_are_linked_to_each_other_in_each_owners_log()
    {
        using var store = Open(Clock);
        var log = new AccessStore(store, Clock);
        Assert.Equal(new AuditVerification(0, null, null), await log.Verify(Acme, stop: Stop));
        var numbers = await Written(store, log);
        var whole = await log.Verify(Acme, stop: Stop);
        Assert.Equal((5L, null, numbers[^1], 5L), (whole.Entries, whole.Broken, whole.Head!.Entry, whole.Head.Place));
        Assert.Equal(new(2, null, whole.Head), await log.Verify(Acme, numbers[1], numbers[2], Stop));
        Assert.Equal((1L, null), ((await log.Verify(TenantId.Operator, stop: Stop)).Entries, (await log.Verify(TenantId.Operator, stop: Stop)).Broken));
        Assert.NotEqual(whole.Head.Hash, (await log.Verify(Globex, stop: Stop)).Head!.Hash);
        await store.Put(Queue with { Owner = Globex }, Operator, expectedVersion: 77, stop: Stop); // refused: nothing is linked
        Assert.Equal(whole.Head, (await log.Verify(Acme, stop: Stop)).Head);
    }

    [Theory]
    [InlineData("update audit_log set by_user = 'nobody' where number = {1}", 1, AuditBreakKind.Changed)]
    [InlineData("update audit_log set detail = 'x' where number = {4}", 4, AuditBreakKind.Changed)]
    [InlineData("update history set body = '{{}}' where owner = 'acme' and version = 2", 1, AuditBreakKind.Changed)]
    [InlineData("update audit_links set hash = (select hash from audit_links where entry = {1}) where entry = {2}", 2, AuditBreakKind.Changed)]
    [InlineData("delete from audit_log where number = {0}", 0, AuditBreakKind.Missing)]
    [InlineData("delete from audit_log where number = {2}", 2, AuditBreakKind.Missing)]
    [InlineData("delete from audit_log where number = {4}", 4, AuditBreakKind.Missing)]
    [InlineData("delete from audit_links where entry = {2}; delete from audit_log where number = {2}", 3, AuditBreakKind.Missing)]
    [InlineData("delete from audit_links where entry = {4}; delete from audit_log where number = {4}", 4, AuditBreakKind.Missing)]
    [InlineData("delete from audit_heads where owner = 'acme'", 0, AuditBreakKind.Missing)]
    [InlineData("delete from audit_links where entry = {1}", 1, AuditBreakKind.Added)]
    public async Task Whoever_changes_the_log_behind_our_back_is_found(string sql, int entry, AuditBreakKind kind)
    {
        using var store = Open(Clock);
        var log = new AccessStore(store, Clock);
        var numbers = await Written(store, log);
        Behind(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, [.. numbers.Cast<object>()]));
        Assert.Equal(new AuditBreak(numbers[entry], kind), (await log.Verify(Acme, stop: Stop)).Broken);
        Assert.Null((await log.Verify(Globex, stop: Stop)).Broken);
    }

    [Fact]
    public async Task What_was_written_before_there_was_a_chain_begins_it()
    {
        using var store = Open(Clock);
        var log = new AccessStore(store, Clock);
        await Written(store, log);
        Behind("delete from audit_links; delete from audit_heads");
        Assert.Equal(new AuditVerification(0, null, null), await log.Verify(Acme, stop: Stop));
        await new AuditHeads(store, Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<AuditHeads>.Instance).Tell(Stop);
        foreach (var (owner, entries) in new[] { (Acme, 5), (Globex, 1), (TenantId.Operator, 1) })
            Assert.Equal((entries, null), ((int)(await log.Verify(owner, stop: Stop)).Entries, (await log.Verify(owner, stop: Stop)).Broken));
    }

    [Fact]
    public async Task Many_entries_are_linked_in_parts()
    {
        using var store = Open(Clock);
        var log = new AccessStore(store, Clock);
        await store.PutMany([.. Enumerable.Range(0, 2_100).Select(i => Queue with { Queue = new($"q{i}") })], Admin, Stop);
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        var found = await log.Verify(Acme, stop: Stop);
        TestContext.Current.TestOutputHelper?.WriteLine($"{found.Entries} entries verified in {System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms");
        Assert.Equal((2_100L, null, 2_100L), (found.Entries, found.Broken, found.Head!.Place));
    }

    private static AccessRecord Session(string id, string user, DateTimeOffset? expires = null) => new(Acme, AccessKind.Session, id, user, expires, "{}");

    [Fact]
    public async Task A_record_is_written_over_its_own_version_only_and_used_up_once()
    {
        using var store = Open(Clock);
        var records = new AccessStore(store, Clock);
        Assert.True(await records.Put(Session("s1", "bob"), Stop));
        Assert.False(await records.Put(Session("s1", "bob"), Stop));
        var found = (await records.Find(Acme, AccessKind.Session, "s1", Stop))!;
        Assert.Equal(Session("s1", "bob") with { Version = 1 }, found);
        Assert.True(await records.Put(found with { Body = "[]" }, Stop));
        Assert.False(await records.Put(found with { Body = "[1]" }, Stop));
        Assert.Equal("[]", (await records.Find(Acme, AccessKind.Session, "s1", Stop))!.Body);
        Assert.Null(await records.Find(Globex, AccessKind.Session, "s1", Stop));
        Assert.Null(await records.Find(Acme, AccessKind.PasswordReset, "s1", Stop));
        Assert.False(await records.Delete(Globex, AccessKind.Session, "s1", Stop));
        var used = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => records.Delete(Acme, AccessKind.Session, "s1", Stop))));
        Assert.Single(used, once => once);
    }

    [Fact]
    public async Task What_has_expired_is_as_if_it_were_not_there()
    {
        using var store = Open(Clock);
        var records = new AccessStore(store, Clock);
        await records.Put(Session("s1", "bob", SetClock.Start.AddMinutes(5)), Stop);
        Assert.NotNull(await records.Find(Acme, AccessKind.Session, "s1", Stop));
        Clock.Move(TimeSpan.FromMinutes(5));
        Assert.Null(await records.Find(Acme, AccessKind.Session, "s1", Stop));
        Assert.Empty((await records.Of(Acme, AccessKind.Session, "bob", Stop)).AsEnumerable());
        Assert.False(await records.Delete(Acme, AccessKind.Session, "s1", Stop));
        Assert.True(await records.Put(Session("s1", "bob"), Stop)); // the place is free again
    }

    [Fact]
    public async Task All_of_an_account_go_at_once_but_for_one()
    {
        using var store = Open(Clock);
        var records = new AccessStore(store, Clock);
        foreach (var id in new[] { "a", "b", "c" }) await records.Put(Session(id, "bob"), Stop);
        await records.Put(Session("d", "ann"), Stop);
        Assert.Equal(2, await records.DeleteOf(Acme, AccessKind.Session, "bob", except: "b", Stop));
        Assert.Equal(["b"], (await records.Of(Acme, AccessKind.Session, "bob", Stop)).Select(record => record.Id));
        Assert.Equal(1, await records.DeleteOf(Acme, AccessKind.Session, "bob", stop: Stop));
        Assert.Single(await records.Of(Acme, AccessKind.Session, "ann", Stop));
    }

    private protected sealed class SetClock : TimeProvider
    {
        public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        private DateTimeOffset now = Start;

        public override DateTimeOffset GetUtcNow() => now;

        public void Move(TimeSpan by) => now += by;
    }
}
