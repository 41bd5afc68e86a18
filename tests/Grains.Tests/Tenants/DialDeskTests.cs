using CallCenter.Grains.Tests.World;
using static CallCenter.Grains.Tests.World.TestWorld;

namespace CallCenter.Grains.Tests.Tenants;

public sealed class DialDeskTests
{
    const string Mobile = "13900139000";
    static readonly CallId Caller = new("c1");

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static async Task<TestWorld> World(DialLimits? limits = null)
    {
        var world = await TestWorld.Start(agents: 0);
        await world.Store.PutMany(TestSettings.Dialling(limits), Author.Product, Stop);
        return world;
    }

    static Task Say(TestWorld world, TenantEvent told, long number = 0, TenantId? tenant = null, long epoch = 1) =>
        world.Grains.Tenant(tenant ?? Acme).Tell(new(new(SenderKind.Call, $"{tenant ?? Acme}/{Caller}", epoch), [new(number, told)]));

    static async Task<CallEvent?> Ask(TestWorld world, string leg, string number = Mobile, string? shown = null, TenantId? tenant = null)
    {
        var before = world.Traffic.DialAnswers.Count;
        await Say(world, new ClearDial(world.Clock.GetUtcNow(), Caller, new(leg), number, shown, null), tenant: tenant);
        await world.Pass(0.1);
        return world.Traffic.DialAnswers.Skip(before).Select(a => a.Answer).SingleOrDefault();
    }

    static Task Back(TestWorld world, string leg, double talked, long number = 1) =>
        Say(world, new GiveBackDial(world.Clock.GetUtcNow(), Caller, new(leg), TimeSpan.FromSeconds(talked)), number);

    static Items<Fact> Facts(TestWorld world, TenantId? tenant = null) => world.Journal.Facts(Subject.Tenant(tenant ?? Acme));

    [Fact]
    public async Task A_call_that_asks_is_cleared_and_the_fact_stands_on_the_tenants_subject()
    {
        await using var world = await World();
        var cleared = Assert.IsType<DialCleared>(await Ask(world, "out-1", "9 139 0013 9000"));
        Assert.Equal(("demo-trunk", "01012345678", Mobile), (cleared.Trunk, cleared.Shown, cleared.Called));
        Assert.Equal(DialClass.Mobile, Assert.IsType<DialAllowed>(Assert.Single(Facts(world).AsEnumerable())).Class);
        Assert.Equal(1, (await world.Grains.Tenant(Acme).Dialling()).Channels);
    }

    [Fact]
    public async Task A_refusal_is_an_answer_and_a_fact_without_the_number()
    {
        await using var world = await World();
        Assert.Equal(DialRefusal.PrefixBlocked, Assert.IsType<DialRefused>(await Ask(world, "out-1", "01065529988")).Why);
        Assert.Equal(DialRefusal.IdentityNotAllowed, Assert.IsType<DialRefused>(await Ask(world, "out-2", shown: "4008001002")).Why);
        Assert.Equal([DialRefusal.PrefixBlocked, DialRefusal.IdentityNotAllowed], Facts(world).OfType<DialDenied>().Select(d => d.Why));
        Assert.DoesNotContain("6552", string.Concat(Facts(world).AsEnumerable()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_without_a_plan_calls_emergency_numbers_only_and_shows_nobody_elses_number()
    {
        await using var world = await World();
        var globex = new TenantId("globex");
        Assert.Equal(DialRefusal.PrefixBlocked, Assert.IsType<DialRefused>(await Ask(world, "out-1", tenant: globex)).Why);
        Assert.Equal(("demo-trunk", "", "110"), Assert.IsType<DialCleared>(await Ask(world, "out-2", "110", shown: "+861012345678", tenant: globex)) is var c ? (c.Trunk, c.Shown, c.Called) : default);
        Assert.Empty(Facts(world).AsEnumerable());
        Assert.Equal(2, Facts(world, globex).Count);
    }

    [Fact]
    public async Task The_way_of_an_emergency_call_is_told_without_a_clearance_and_by_the_directory_too()
    {
        await using var world = await World();
        Assert.Equal(new("demo-trunk", "110", "01012345678"), await world.Grains.Tenant(Acme).EmergencyWay("9110"));
        Assert.Equal(new("demo-trunk", "120", ""), await world.Grains.Tenant(new("globex")).EmergencyWay("120"));
        Assert.Equal(new("demo-trunk", "120", ""), await world.Grains.Directory().EmergencyWay("120"));
        Assert.Null(await world.Grains.Directory().EmergencyWay(Mobile));
        Assert.Empty(Facts(world).AsEnumerable());
    }

    [Fact]
    public async Task A_change_of_the_plan_of_a_number_or_of_the_ceiling_bites_at_once()
    {
        await using var world = await World();
        Assert.IsType<DialCleared>(await Ask(world, "out-1"));
        await world.Store.Put(new NumberSettings("+861012345678", "x", Acme, null), Author.Product, stop: Stop);
        await world.Until(() => world.Store.Open == 0, "the change is carried", 1);
        Assert.Equal(DialRefusal.NoIdentity, Assert.IsType<DialRefused>(await Ask(world, "out-2")).Why);
        await world.Store.Put(new NumberSettings("+861012345678", "x", new("globex"), null, MayCallOut: true), Author.Product, stop: Stop);
        await world.Store.Put(new NumberSettings("+862012345678", "x", Acme, null, MayCallOut: true), Author.Product, stop: Stop);
        await world.Store.Put(DialCeiling.Nothing(Acme), Author.Product, stop: Stop);
        await world.Until(() => world.Store.Open == 0, "the changes are carried", 1);
        Assert.Equal(DialRefusal.PrefixBlocked, Assert.IsType<DialRefused>(await Ask(world, "out-3")).Why);
        await world.Store.Put(DialCeiling.Nothing(Acme) with { Rules = [new("mobile", true)] }, Author.Product, stop: Stop);
        await world.Store.Delete<TrunkSettings>(TenantId.Operator, "demo-trunk", Author.Product, Stop);
        await world.Until(() => world.Store.Open == 0, "the changes are carried", 1);
        Assert.Equal(DialRefusal.NoTrunk, Assert.IsType<DialRefused>(await Ask(world, "out-4")).Why);
    }

    /// <summary>The operator's stock is every tenant's: what one of them reads is its own share, however much there is.</summary>
    [Fact]
    public async Task A_refresh_reads_what_concerns_the_tenant_and_not_the_whole_stock()
    {
        await using var world = await World();
        await world.Store.PutMany([.. Enumerable.Range(0, 2000).Select(i => new NumberSettings($"+8610{i:d8}", "x", new("globex"), null, MayCallOut: true)),
            .. Enumerable.Range(0, 200).Select(i => new TrunkSettings($"zz-{i:d3}", [], "127.0.0.1:5080", Outbound: new(NumberFormat.E164)))], Author.Product, Stop);
        await world.Until(() => world.Store.Open == 0, "the changes are carried", 10);
        Assert.IsType<DialCleared>(await Ask(world, "out-1"));
        var before = world.Store.RowsRead;
        await world.Grains.Tenant(Acme).Refresh();
        Assert.InRange(world.Store.RowsRead - before, 5, 12); // its settings, its ceiling, its numbers, its trunk
        Assert.IsType<DialCleared>(await Ask(world, "out-2"));
    }

    [Fact]
    public async Task A_tenant_that_is_given_another_trunk_goes_on_in_the_form_of_the_old_one_where_it_talks()
    {
        await using var world = await World();
        var ceiling = DialCeiling.Nothing(Acme) with { Rules = [new("mobile", true)] };
        await world.Store.PutMany([new TrunkSettings("own", [], "127.0.0.1:5080", Outbound: new(NumberFormat.E164)), new TrunkSettings("third", [], "127.0.0.1:5080", Outbound: new(NumberFormat.National)), ceiling with { Trunk = "own" }], Author.Product, Stop);
        await world.Until(() => world.Store.Open == 0, "the changes are carried", 1);
        Assert.Equal(("own", "+8613900139000"), Assert.IsType<DialCleared>(await Ask(world, "out-1")) is var own ? (own.Trunk, own.Called) : default);
        await world.Store.Put(ceiling with { Trunk = "third" }, Author.Product, stop: Stop);
        await world.Until(() => world.Store.Open == 0, "the change is carried", 1);
        Assert.Equal(("own", "+8613900139000"), Assert.IsType<DialCleared>(await Ask(world, "out-1")) is var still ? (still.Trunk, still.Called) : default);
        Assert.Equal(("third", Mobile), Assert.IsType<DialCleared>(await Ask(world, "out-2")) is var next ? (next.Trunk, next.Called) : default);
    }

    [Fact]
    public async Task Channels_are_leases_that_repetition_renews_and_silence_ends()
    {
        await using var world = await World(new(Channels: 1));
        Assert.IsType<DialCleared>(await Ask(world, "out-1"));
        for (var i = 0; i < 4; i++)
        {
            await world.Pass(10);
            Assert.IsType<DialCleared>(await Ask(world, "out-1"));
        }
        Assert.Equal(DialRefusal.ChannelLimit, Assert.IsType<DialRefused>(await Ask(world, "out-2")).Why);
        await world.Until(() => Facts(world).Any(f => f is DialEnded), "the lost leg is booked", 32);
        Assert.IsType<DialCleared>(await Ask(world, "out-3"));
        await Back(world, "out-3", 0);
        Assert.IsType<DialCleared>(await Ask(world, "out-4"));
    }

    [Fact]
    public async Task A_crash_forgets_neither_spend_nor_channels_nor_rates()
    {
        await using var world = await World(new(Channels: 2, CallsPerMinute: 3, SpendPerDay: 0.50m));
        await Ask(world, "out-1");
        await Back(world, "out-1", 119);
        await Ask(world, "out-2");
        await world.Pass(1);
        Assert.True(world.Crash() > 0);
        var figures = await world.Grains.Tenant(Acme).Dialling();
        Assert.Equal((0.36m, 1), (figures.Spent, figures.Channels));
        Assert.IsType<DialCleared>(await Ask(world, "out-2")); // it lives, and renews
        Assert.IsType<DialCleared>(await Ask(world, "out-3"));
        Assert.Equal(DialRefusal.ChannelLimit, Assert.IsType<DialRefused>(await Ask(world, "out-4")).Why);
        await Back(world, "out-3", 0);
        Assert.Equal(DialRefusal.RateLimit, Assert.IsType<DialRefused>(await Ask(world, "out-5")).Why);
        await world.Pass(61);
        Assert.IsType<DialCleared>(await Ask(world, "out-6"));
        Assert.Equal(DialRefusal.SpendLimit, Assert.IsType<DialRefused>(await Ask(world, "out-7")).Why);
    }

    [Fact]
    public async Task A_long_line_of_facts_is_read_from_its_snapshot()
    {
        await using var world = await World();
        for (var i = 0; i < 300; i++)
        {
            await Say(world, new ClearDial(world.Clock.GetUtcNow(), Caller, new($"out-{i}"), Mobile, null, null));
            await Back(world, $"out-{i}", 30, i + 1);
        }
        await world.Pass(1);
        Assert.Equal(600, Facts(world).Count);
        world.Crash();
        Assert.Equal(300 * 0.12m, (await world.Grains.Tenant(Acme).Dialling()).Spent);
        Assert.InRange(world.Journal.LastRead, 0, 600 - 500);
    }

    [Fact]
    public async Task What_could_not_be_committed_never_was_and_the_desk_goes_on()
    {
        await using var world = await World(new(Channels: 1));
        Assert.Equal(DialRefusal.PrefixBlocked, Assert.IsType<DialRefused>(await Ask(world, "out-0", "10086")).Why);
        world.Journal.BeforeCommit = (subject, _) => subject.Kind == SubjectKind.Tenant ? throw new IOException("the disk is full") : Task.CompletedTask;
        Assert.IsType<DialCleared>(await Ask(world, "out-1"));
        world.Journal.BeforeCommit = null;
        Assert.IsType<DialCleared>(await Ask(world, "out-1")); // said anew by the call, as ever
        Assert.Equal(DialRefusal.ChannelLimit, Assert.IsType<DialRefused>(await Ask(world, "out-2")).Why);
        Assert.Equal([1L, 2, 3], world.Journal.Entries(Subject.Tenant(Acme)).Select(e => e.Number));
    }

    [Fact]
    public async Task Dialling_and_call_slots_do_not_disturb_each_other()
    {
        await using var world = await World();
        await Say(world, new ClaimSlot(world.Clock.GetUtcNow(), Caller));
        world.Store.BeforeRead = () => throw new IOException("the database is gone");
        await Assert.ThrowsAsync<IOException>(() => Say(world, new ClearDial(world.Clock.GetUtcNow(), Caller, new("out-1"), Mobile, null, null)));
        await Say(world, new GiveBackSlot(world.Clock.GetUtcNow(), Caller), 1);
        world.Store.BeforeRead = null;
        Assert.IsType<DialCleared>(await Ask(world, "out-1"));
    }

    [Fact]
    public async Task A_trunks_limits_hold_for_all_tenants_together_but_for_no_emergency()
    {
        await using var world = await World();
        var globex = new TenantId("globex");
        await world.Store.PutMany(
        [
            new TrunkSettings("demo-trunk", [], "127.0.0.1:5080", Outbound: new(NumberFormat.E164, Channels: 2)),
            new NumberSettings("+862112345678", "021", globex, null, MayCallOut: true),
            DialCeiling.Nothing(globex) with { Rules = [new("mobile", true)] }, DialSettings.Nothing(globex) with { Rules = [new("mobile", true)] },
        ], Author.Product, Stop);
        await world.Until(() => world.Store.Open == 0, "the changes are carried", 1);
        Assert.Equal(("+861012345678", "+8613900139000"), Assert.IsType<DialCleared>(await Ask(world, "out-1")) is var c ? (c.Shown, c.Called) : default);
        Assert.IsType<DialCleared>(await Ask(world, "out-2", tenant: globex));
        Assert.Equal(DialRefusal.ChannelLimit, Assert.IsType<DialRefused>(await Ask(world, "out-3")).Why);
        Assert.Equal(DialRefusal.ChannelLimit, Assert.IsType<DialRefused>(await Ask(world, "out-3")).Why); // said anew, it is said again
        Assert.Equal((1, 0.12m), (await world.Grains.Tenant(Acme).Dialling()) is var f ? (f.Channels, f.Spent) : default);
        Assert.IsType<DialCleared>(await Ask(world, "out-4", "119"));
        world.Crash();
        Assert.IsType<DialCleared>(await Ask(world, "out-1")); // who talks renews, whatever is full
        await Back(world, "out-1", 5);
        await Back(world, "out-4", 5, 2);
        await world.Pass(30); // globex is not heard of any more
        Assert.IsType<DialCleared>(await Ask(world, "out-5"));
        Assert.IsType<DialCleared>(await Ask(world, "out-6"));
        Assert.Equal(DialRefusal.ChannelLimit, Assert.IsType<DialRefused>(await Ask(world, "out-7")).Why);
    }
}
