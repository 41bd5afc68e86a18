using CallCenter.Grains.Agents;
using CallCenter.Grains.Tests.World;
using static CallCenter.Grains.Tests.World.TestWorld;

namespace CallCenter.Grains.Tests.Agents;

public sealed class AgentGrainTests
{
    [Fact]
    public async Task A_phone_that_unregisters_signs_its_agent_out()
    {
        await using var world = await TestWorld.Start();
        await world.Register(1001, seconds: 0);
        await world.Until(async () => (await world.Agent()).Presence == Presence.SignedOut, "signed out", 1);
        Assert.Equal(0, (await world.Live(Sales)).AgentsSignedIn);
    }

    [Fact]
    public async Task A_registration_that_is_not_renewed_signs_its_agent_out_when_it_expires()
    {
        await using var world = await TestWorld.Start();
        await world.Register(1001, seconds: 60);
        await world.Pass(59);
        Assert.Equal(Presence.Available, (await world.Agent()).Presence);
        await world.Until(async () => (await world.Agent()).Presence == Presence.SignedOut, "signed out", 2);
    }

    [Fact]
    public async Task A_registration_outlives_a_crash()
    {
        await using var world = await TestWorld.Start();
        world.Crash();
        var registrations = await world.Grains.Station(Acme, "1001").Registrations();
        Assert.Single(registrations.Bindings);
        await world.Register(1001, seconds: 0);
        await world.Until(async () => (await world.Agent()).Presence == Presence.SignedOut, "signed out", 1);
    }

    [Fact]
    public async Task An_extension_that_is_deleted_or_given_to_another_signs_its_agent_out()
    {
        await using var world = await TestWorld.Start(agents: 2);
        await world.Store.Delete<ExtensionSettings>(Acme, "1001", Author.Product, TestContext.Current.CancellationToken);
        await world.Until(async () => (await world.Agent()).Presence == Presence.SignedOut, "the first is signed out", 2);
        await world.Store.Put(new ExtensionSettings(Acme, "1002", new("agent1001"), new("x"), new("y")), Author.Product, stop: TestContext.Current.CancellationToken);
        await world.Until(async () => (await world.Agent(1002)).Presence == Presence.SignedOut, "the second is signed out", 2);
        await world.Until(async () => (await world.Agent()).Presence == Presence.Available, "the first has the second's phone", 2);
    }

    [Fact]
    public async Task Of_two_who_save_registrations_the_slower_one_must_read_again()
    {
        await using var world = await TestWorld.Start();
        var station = world.Grains.Station(Acme, "1001");
        var before = await station.Registrations();
        Assert.True(await station.Save(before));
        Assert.False(await station.Save(before));
    }

    [Fact]
    public async Task Registrations_tell_whether_the_phone_is_to_be_secured_as_the_settings_have_it_and_not_as_they_were_saved()
    {
        await using var world = await TestWorld.Start();
        var station = world.Grains.Station(Acme, "1001");
        Assert.True(await station.Save((await station.Registrations()) with { Srtp = SrtpUse.Required }));
        Assert.Equal(SrtpUse.Off, (await station.Registrations()).Srtp);
        await world.Store.Put(new ExtensionSettings(Acme, "1001", new("agent1001"), new("x"), new("y"), Srtp: SrtpUse.Required), Author.Product, stop: TestContext.Current.CancellationToken);
        await world.Until(async () => (await station.Registrations()).Srtp == SrtpUse.Required, "required", 1);
    }

    [Fact]
    public async Task A_break_needs_a_reason()
    {
        await using var world = await TestWorld.Start();
        var agent = world.Grains.Agent(new(Acme, new("agent1001")));
        Assert.Equal(RefusalCode.Invalid, (await agent.Choose(Presence.Break, null))?.Code);
        Assert.Null(await agent.Choose(Presence.Break, "lunch"));
        var view = await agent.Look();
        Assert.Equal((Presence.Break, "lunch"), (view.Presence, view.Reason));
        await world.Pass(0.1);
        Assert.Equal(0, (await world.Live(Sales)).AgentsFree);
    }

    [Fact]
    public async Task An_unknown_agent_is_not_found()
    {
        await using var world = await TestWorld.Start();
        Assert.Equal(RefusalCode.NotFound, (await world.Grains.Agent(new(Acme, new("nobody"))).Choose(Presence.Available, null))?.Code);
    }

    [Fact]
    public async Task An_agent_taken_out_of_a_queue_gets_no_more_of_its_calls()
    {
        await using var world = await TestWorld.Start();
        await world.Store.Put(TestSettings.Agent(1001) with { Queues = [] }, Author.Product, stop: TestContext.Current.CancellationToken);
        await world.Until(async () => (await world.Live(Sales)).AgentsFree == 0, "nobody serves the queue", 1);
        var call = await world.Edge.Dial(SalesNumber);
        await world.Pass(10);
        Assert.False(world.Has<OfferStarted>(call));
        await world.Store.Put(TestSettings.Agent(1001), Author.Product, stop: TestContext.Current.CancellationToken);
        await world.Until(() => world.Edge.IsBridged(call), "they talk", 3);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Role.QaInspector)]
    [InlineData(Role.Agent)]
    public async Task An_account_that_is_removed_switched_off_or_takes_no_calls_any_more_gives_its_ringing_call_back_at_once(Role? role)
    {
        await using var world = await TestWorld.Start(agents: 2);
        world.Edge.Phones["1001"] = PhoneHabit.DoesNotAnswer;
        world.Edge.Phones["1002"] = PhoneHabit.DoesNotAnswer;
        var call = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Has<OfferAlerting>(call), "a phone rings");
        var first = world.Facts(call).OfType<OfferStarted>().Single().Agent;
        var extension = int.Parse(first.Value[5..], System.Globalization.CultureInfo.InvariantCulture);
        if (role is { } other) await world.Store.Put(TestSettings.Account(extension, other) with { Disabled = other == Role.Agent }, Author.Product, stop: TestContext.Current.CancellationToken);
        else await world.Store.Delete<UserAccount>(Acme, first.Value, Author.Product, TestContext.Current.CancellationToken);
        await world.Until(() => world.Facts(call).OfType<OfferStarted>().Any(offer => offer.Agent != first), "the other agent's phone rings", 1);
        Assert.Equal(Presence.SignedOut, (await world.Agent(extension)).Presence);
        await world.Register(extension);
        await world.Pass(0.1);
        Assert.Equal(Presence.SignedOut, (await world.Agent(extension)).Presence);
        await world.Store.Put(TestSettings.Account(extension), Author.Product, stop: TestContext.Current.CancellationToken);
        await world.Until(() => world.Store.Open == 0, "the account is back", 1);
        await world.Register(extension, seconds: 0);
        await world.Register(extension);
        await world.Until(async () => (await world.Agent(extension)).Presence == Presence.Available, "signed in again", 1);
    }

    [Fact]
    public async Task After_call_work_keeps_the_agent_from_calls_until_it_is_over()
    {
        await using var world = await TestWorld.Start();
        await world.Store.Put(TestSettings.Agent(1001, afterCall: 10), Author.Product, stop: TestContext.Current.CancellationToken);
        await world.Until(() => world.Store.Open == 0, "the change is in force");
        var first = await world.Edge.Dial(SalesNumber);
        await world.Until(() => world.Edge.IsBridged(first), "they talk");
        var second = await world.Edge.Dial(SalesNumber);
        world.Edge.HangUp(first);
        await world.Pass(9);
        Assert.Equal(AgentWork.AfterCall, (await world.Agent()).Work);
        await world.Until(() => world.Edge.IsBridged(second), "the second talks", 3);
    }

    [Fact]
    public async Task An_agents_long_past_is_read_from_a_snapshot_and_the_state_is_the_same()
    {
        await using var world = await TestWorld.Start();
        var agent = world.Grains.Agent(new(Acme, new("agent1001")));
        for (var i = 0; i < AgentSnapshot.Every + 20; i++) Assert.Null(await agent.Choose(i % 2 == 0 ? Presence.Break : Presence.Available, "tea"));
        await world.Pass(1);
        var before = await agent.Look();
        var entries = world.Journal.Entries(Subject.Agent(Acme, new("agent1001"))).Count;
        world.Crash();
        Assert.Equal(before, await agent.Look());
        Assert.InRange(world.Journal.LastRead, 0, entries - AgentSnapshot.Every + 1);
        Assert.Null(await agent.Choose(Presence.NotReady, "tea"));
        await world.Pass(1);
        Assert.Equal(entries + 1, world.Journal.Entries(Subject.Agent(Acme, new("agent1001"))).Count);
    }
}
