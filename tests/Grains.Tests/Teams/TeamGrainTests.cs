using CallCenter.Contracts.Teams;
using CallCenter.Domain.Breaks;
using CallCenter.Domain.Teams;
using CallCenter.Grains.Tests.World;
using static CallCenter.Grains.Tests.World.TestWorld;

namespace CallCenter.Grains.Tests.Teams;

/// <summary>The breaks of a team through its grain and those of its agents: asked for, granted, cancelled, overrun, put first; through crashes, lost messages and late ones.</summary>
public sealed class TeamGrainTests
{
    static readonly BreakTerms Terms = new("day", null, "2026-03-02");

    static async Task<TestWorld> Floor(int agents, int? quota = 1, int faults = 0)
    {
        var world = await TestWorld.Start(agents, faults, signIn: false);
        await world.Store.Put(Day(agents, quota), Author.Product, stop: TestContext.Current.CancellationToken);
        await world.SignIn(agents);
        return world;
    }

    static TeamSettings Day(int agents, int? quota) => new(Acme, "day", "Day", [], Enumerable.Range(1001, agents).Select(i => new AgentId($"agent{i}")).ToItems(), BreakQuota: quota);

    static ITeamGrain Team(TestWorld world) => world.Grains.Team(Acme, "day");

    static IAgentGrain Agent(TestWorld world, int extension) => world.Grains.Agent(new(Acme, new($"agent{extension}")));

    /// <summary>As the API asks: the team, then the agent.</summary>
    static async Task<int?> Asks(TestWorld world, int extension, BreakTerms? terms = null)
    {
        var place = await Team(world).Claim(new($"agent{extension}"), always: false);
        Assert.Null(await Agent(world, extension).ChooseBreak("lunch", terms ?? Terms, place));
        return place;
    }

    static async Task Back(TestWorld world, int extension) => Assert.Null(await Agent(world, extension).Choose(Presence.Available, null));

    static async Task<string> How(TestWorld world, int extension) => (await world.Agent(extension)).Break switch
    {
        { State: BreakProgress.Waits } wish => $"waits {wish.Place}",
        { State: var progress } => progress.ToString(),
        null => "works",
    };

    static Task Until(TestWorld world, int extension, string how, double within = 12) => world.Until(async () => await How(world, extension) == how, $"{extension} {how}", within);

    [Fact]
    public async Task Beyond_the_quota_one_waits_in_the_order_of_asking_and_who_wants_no_more_makes_room()
    {
        await using var world = await Floor(agents: 4);
        Assert.Null(await Asks(world, 1001));
        Assert.Equal(1, await Asks(world, 1002));
        Assert.Equal(2, await Asks(world, 1003));
        Assert.Equal(3, await Asks(world, 1004));
        Assert.Equal("Goes", await How(world, 1001));
        await Back(world, 1002); // wants none any more
        await Until(world, 1003, "waits 1", within: 1);
        await Until(world, 1004, "waits 2", within: 1);
        await world.Pass(65); // all say anew that they wait, or rest: nobody is forgotten
        Assert.Equal(("Goes", "waits 1"), (await How(world, 1001), await How(world, 1003)));
        await Back(world, 1001);
        await Until(world, 1003, "Goes", within: 1);
        Assert.Equal("waits 1", await How(world, 1004));
        await world.Register(1003, seconds: 0); // signs out
        await Until(world, 1004, "Goes", within: 1);
    }

    [Fact]
    public async Task A_quota_that_changes_bites_at_once_and_who_leads_goes_beyond_it()
    {
        await using var world = await Floor(agents: 3, quota: 0);
        Assert.Equal(1, await Asks(world, 1001));
        Assert.Null(await Team(world).Claim(new("agent1002"), always: true));
        Assert.Null(await Agent(world, 1002).ChooseBreak("lunch", Terms, null));
        Assert.Equal(2, await Asks(world, 1003));
        await world.Pass(12);
        Assert.Equal("waits 1", await How(world, 1001));
        await world.Store.Put(Day(3, quota: 2), Author.Product, stop: TestContext.Current.CancellationToken);
        await Until(world, 1001, "Goes", within: 1);
        await Until(world, 1003, "waits 1", within: 1);
        await world.Store.Delete<TeamSettings>(Acme, "day", Author.Product, TestContext.Current.CancellationToken);
        await Until(world, 1003, "Goes", within: 1);
    }

    [Fact]
    public async Task After_a_crash_nobody_goes_beyond_the_quota_and_who_was_put_first_is_first()
    {
        await using var world = await Floor(agents: 4);
        Assert.Null(await Asks(world, 1003));
        foreach (var extension in new[] { 1001, 1002, 1004 }) await Asks(world, extension);
        Assert.Equal(RefusalCode.Conflict, (await Agent(world, 1003).PutFirst())?.Code);
        Assert.Null(await Agent(world, 1004).PutFirst());
        await Until(world, 1004, "waits 1", within: 1);
        await Until(world, 1001, "waits 2", within: 1);
        await world.Pass(0.1);
        world.Crash();
        Assert.Equal(4, await Team(world).Claim(new("agent1009"), always: false)); // it has asked the others before it answers
        await Back(world, 1001);
        await Until(world, 1002, "waits 2", within: 1);
        Assert.Equal(("Goes", "waits 1"), (await How(world, 1003), await How(world, 1004)));
        await Back(world, 1003);
        await Until(world, 1004, "Goes", within: 1);
        await world.Pass(40);
        Assert.Equal("waits 1", await How(world, 1002));
    }

    [Fact]
    public async Task An_allowance_that_is_used_up_is_marked_also_where_a_crash_comes_between()
    {
        await using var world = await Floor(agents: 1);
        Assert.Null(await Asks(world, 1001, Terms with { Allowance = TimeSpan.FromSeconds(20) }));
        await world.Pass(10);
        world.Crash();
        Assert.False((await world.Agent()).Break!.Overrun);
        await world.Until(async () => (await world.Agent()).Break!.Overrun, "overrun", within: 11);
        await Back(world, 1001);
        Assert.Null(await Asks(world, 1001, Terms with { Allowance = TimeSpan.FromSeconds(20) }));
        Assert.True((await world.Agent()).Break!.Overrun);
    }

    [Fact]
    public async Task Words_said_twice_or_too_late_take_a_place_for_half_a_minute_at_most()
    {
        await using var world = await Floor(agents: 2);
        Assert.Null(await Asks(world, 1001));
        var since = world.Clock.GetUtcNow();
        Assert.Equal(1, await Asks(world, 1002));
        await Says(world, new BreakWanted(since, new("agent1002"), since), new BreakWanted(since, new("agent1002"), since), new BreakHeld(since, new("agent1001")));
        await world.Pass(0.1);
        Assert.Equal("waits 1", await How(world, 1002));
        await Back(world, 1001);
        await Until(world, 1002, "Goes", within: 1);
        await Back(world, 1002);
        await world.Pass(0.1);
        await Says(world, new BreakWanted(since, new("agent1002"), since)); // who works again
        Assert.Equal(1, await Asks(world, 1001));
        await Until(world, 1001, "Goes", within: 41);
        Assert.Equal("works", await How(world, 1002));
    }

    static Task Says(TestWorld world, params Items<TeamEvent> words) => Team(world).Tell(new(new(SenderKind.Agent, "acme/agent1002", 1), words.Select(word => new Message<TeamEvent>(0, word)).ToItems()));

    [Fact]
    public async Task Each_gets_its_break_though_messages_and_their_answers_are_lost()
    {
        await using var world = await Floor(agents: 4, faults: 20);
        foreach (var extension in new[] { 1001, 1002, 1003, 1004 }) await Asks(world, extension);
        foreach (var extension in new[] { 1001, 1002, 1003, 1004 })
        {
            await Until(world, extension, "Goes", within: 45);
            await Back(world, extension);
        }
    }
}
