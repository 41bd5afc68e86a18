using CallCenter.Kit.Ports;
using CallCenter.Kit.Sip;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests.Recording;

/// <summary>A store that writes nothing for longer than a call is remembered after its last leg.</summary>
public sealed class LateSealTests
{
    static readonly LegId Caller = new("caller");

    readonly HurriedTime time = new();
    readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A caller of whom 12 s were recorded, three segments, has hung up; none of them is written.</summary>
    async Task<EdgeScene> Recorded()
    {
        var scene = await EdgeScene.Start(new MemoryDialogs(), time);
        scene.Blobs.Opened = opened.Task;
        var (caller, answer) = await CallerTests.Connected(scene);
        await scene.Script.Orders(new StartTrack("r1", "caller-1", Caller, Channel.Left, time.GetUtcNow().AddSeconds(-12)));
        await scene.ComesRound();
        await caller.Ask(caller.Within(answer, "BYE", 2));
        await scene.Script.Hears<HungUp>();
        return scene;
    }

    async Task Passes(EdgeScene scene, int seconds)
    {
        time.Advance(TimeSpan.FromSeconds(seconds));
        await scene.ComesRound();
    }

    [Fact]
    public async Task All_that_waited_to_be_written_is_kept_and_told()
    {
        await using var scene = await Recorded();
        try
        {
            for (var i = 0; i < 3; i++) await Passes(scene, 61);
        }
        finally
        {
            opened.SetResult();
        }
        var kept = await scene.Script.Hears<TrackKept>();
        Assert.Equal(("r1", "caller-1", 3, 0), (kept.Recording, kept.Track, kept.Segments, kept.Lost));
        Assert.Equal(3, scene.Blobs.Names.Count);
    }

    [Fact]
    public async Task Until_then_the_call_hears_every_2_s_that_its_edge_still_holds_it()
    {
        await using var scene = await Recorded();
        try
        {
            for (var i = 0; i < 3; i++)
            {
                await Passes(scene, 2);
                Assert.Equal(scene.Script.Call, await scene.Script.Held());
            }
        }
        finally
        {
            opened.SetResult();
        }
        await scene.Script.Hears<TrackKept>();
    }
}
