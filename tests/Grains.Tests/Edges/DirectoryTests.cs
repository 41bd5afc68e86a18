using CallCenter.Grains.Tests.World;

namespace CallCenter.Grains.Tests.Edges;

public sealed class DirectoryTests
{
    static readonly TrunkSettings Carrier = new("carrier", [], "sip.example.com:5060");

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_way_out_over_a_trunk_has_the_password_in_clear_and_a_change_bites_at_once()
    {
        await using var world = await TestWorld.Start();
        var cipher = new MemoryCipher();
        foreach (var password in new[] { "hush", "louder" })
        {
            await world.Store.Put(Carrier with { Login = new("firm", cipher.Seal(TenantId.Operator, password)) }, Author.Product, stop: Stop);
            await world.Until(async () => await world.Grains.Directory().WayOut("carrier") == new TrunkWay("sip.example.com:5060", "firm", new(password)), password, 1);
        }
        Assert.DoesNotContain("louder", (await world.Grains.Directory().WayOut("carrier"))!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_way_out_tells_whether_a_trunk_is_to_be_secured()
    {
        await using var world = await TestWorld.Start();
        foreach (var use in new[] { SrtpUse.Required, SrtpUse.Off })
        {
            await world.Store.Put(Carrier with { Outbound = new(NumberFormat.E164, Srtp: use) }, Author.Product, stop: Stop);
            await world.Until(async () => (await world.Grains.Directory().WayOut("carrier"))?.Srtp == use, use.ToString(), 1);
        }
    }

    [Fact]
    public async Task The_newest_word_of_each_edge_is_known_and_an_older_start_speaks_too_late()
    {
        await using var world = await TestWorld.Start();
        var (directory, now) = (world.Grains.Directory(), world.Clock.GetUtcNow());
        var report = new EdgeReport(new("edge-7"), "192.0.2.7:5060", now, 3, 6, false, now);
        await directory.Report(report);
        await directory.Report(report with { Draining = true, At = now.AddSeconds(1) });
        await directory.Report(report with { StartedAt = now.AddHours(-1), Calls = 99, At = now.AddSeconds(2) });
        Assert.Equal(report with { Draining = true, At = now.AddSeconds(1) }, (await directory.Edges()).Single(edge => edge.Id == report.Id));
        Assert.False(await world.Grains.Edge(new("edge-7")).Drain(true)); // it never said by what it is reached
    }

    [Fact]
    public async Task While_nothing_can_be_stored_no_call_begins_by_phone_or_from_the_desktop()
    {
        await using var world = await TestWorld.Start();
        world.Journal.CanWrite = false;
        Assert.False(await world.Grains.Directory().TakesCalls());
        Assert.False(await world.Grains.Directory().TakesCallsNow());
        var call = CallId.New(world.Clock.GetUtcNow());
        var dial = new DialOut(world.Clock.GetUtcNow(), new(new("agent1001"), Leads: false), null, new(Number: "913800138000"), null);
        await Assert.ThrowsAsync<StorageOutageException>(() => world.Grains.Call(TestWorld.Acme, call).Ask(dial));
        Assert.Empty(world.Facts(call));
        world.Journal.CanWrite = true;
        Assert.True(await world.Grains.Directory().TakesCalls());
        Assert.Null(await world.Grains.Call(TestWorld.Acme, call).Ask(dial));
    }

    [Fact]
    public async Task A_password_that_another_key_sealed_leaves_the_other_trunks_as_they_are()
    {
        await using var world = await TestWorld.Start();
        await world.Store.PutMany([Carrier with { Login = new("firm", new("bm90IG91cnM=")) }, Carrier with { Id = "second" }], Author.Product, Stop);
        await world.Until(async () => await world.Grains.Directory().WayOut("second") is not null, "the list is read", 1);
        Assert.Equal(new("sip.example.com:5060"), await world.Grains.Directory().WayOut("carrier"));
    }
}
