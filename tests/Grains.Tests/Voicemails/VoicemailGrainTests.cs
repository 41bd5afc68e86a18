using CallCenter.Contracts.Voicemails;
using CallCenter.Domain.Voicemails;
using CallCenter.Grains.Tests.World;
using static CallCenter.Grains.Tests.World.TestWorld;

namespace CallCenter.Grains.Tests.Voicemails;

public sealed class VoicemailGrainTests
{
    const string Id = "c1-vm1";
    static readonly AgentId Anna = new("anna"), Ben = new("ben");

    static IVoicemailGrain Grain(TestWorld world, TenantId? tenant = null) => world.Grains.Voicemail(tenant ?? Acme, Id);

    static Items<Fact> Facts(TestWorld world, TenantId? tenant = null) => world.Journal.Facts(Subject.Voicemail(tenant ?? Acme, Id));

    [Fact]
    public async Task Who_has_taken_it_keeps_it_until_it_is_given_back_and_the_same_twice_is_once()
    {
        await using var world = await TestWorld.Start(agents: 0);
        for (var i = 0; i < 2; i++) Assert.Null(await Grain(world).Mark(VoicemailState.Taken, Anna, "anna"));
        Assert.Equal(RefusalCode.Conflict, (await Grain(world).Mark(VoicemailState.Taken, Ben, "ben"))?.Code);
        Assert.Null(await Grain(world).Mark(VoicemailState.Heard, null, "anna"));
        Assert.Null(await Grain(world).Mark(VoicemailState.Taken, Ben, "ben"));
        Assert.Equal([(VoicemailState.Taken, Anna), (VoicemailState.Heard, null), (VoicemailState.Taken, (AgentId?)Ben)], Facts(world).Cast<VoicemailMarked>().Select(m => (m.State, m.Agent)));
    }

    [Fact]
    public async Task A_crash_forgets_nothing_of_it()
    {
        await using var world = await TestWorld.Start(agents: 0);
        await Grain(world).Mark(VoicemailState.Taken, Anna, "anna");
        world.Crash();
        Assert.Equal(RefusalCode.Conflict, (await Grain(world).Mark(VoicemailState.Taken, Ben, "ben"))?.Code);
        await Grain(world).Delete("anna");
        world.Crash();
        Assert.Equal(RefusalCode.NotFound, (await Grain(world).Mark(VoicemailState.Heard, null, "anna"))?.Code);
    }

    [Fact]
    public async Task What_is_deleted_is_gone_for_good_and_anothers_of_the_same_name_is_not()
    {
        await using var world = await TestWorld.Start(agents: 0);
        var globex = new TenantId("globex");
        Assert.Null(await Grain(world).Delete("anna"));
        Assert.Equal(RefusalCode.NotFound, (await Grain(world).Delete("anna"))?.Code);
        Assert.True(world.Journal.Entries(Subject.Voicemail(Acme, Id))[^1].Closed);
        Assert.Null(await Grain(world, globex).Mark(VoicemailState.Heard, null, "gina"));
        Assert.Single(Facts(world, globex).AsEnumerable());
    }

    [Fact]
    public async Task A_mark_that_cannot_be_stored_was_never_made_and_the_next_one_is()
    {
        await using var world = await TestWorld.Start(agents: 0);
        world.Journal.BeforeCommit = (_, _) => Task.FromException(new IOException("disk full"));
        await Assert.ThrowsAnyAsync<Exception>(() => Grain(world).Mark(VoicemailState.Taken, Anna, "anna"));
        world.Journal.BeforeCommit = null;
        Assert.Null(await Grain(world).Mark(VoicemailState.Taken, Ben, "ben"));
        Assert.Equal(Ben, Assert.IsType<VoicemailMarked>(Assert.Single(Facts(world).AsEnumerable())).Agent);
    }
}
