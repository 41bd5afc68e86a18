using CallCenter.Domain.Prompts;
using CallCenter.Contracts.Reports;
using CallCenter.Domain.Flows;
using CallCenter.Kit.Media;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests;

/// <summary>Rooms, tracks and keys on a real media engine, heard by real ears.</summary>
public sealed class ConversationTests
{
    static readonly LegId Caller = new("caller"), Agent = new("agent-1");

    [Fact]
    public async Task Members_of_a_room_hear_each_other_and_one_who_is_not_named_any_more_hears_nobody()
    {
        await using var scene = await EdgeScene.Start();
        using var caller = new RtpEar();
        using var agent = new RtpEar();
        await Join(scene, caller, agent);
        await scene.Script.Orders(new SetRoom(RoomId.Main, [new(Caller), new(Agent)]));
        await Task.WhenAll(caller.Hears(Hears(1000), "the agent"), agent.Hears(Hears(440), "the caller"));

        await scene.Script.Orders(new SetRoom(RoomId.Main, [new(Caller)]), new SetRoom(new("consult"), [new(Agent)]));
        await Task.WhenAll(caller.Hears(Silence, "silence"), agent.Hears(Silence, "silence"));
    }

    [Fact]
    public async Task A_muted_member_is_heard_by_nobody_and_a_repeated_room_changes_nothing()
    {
        await using var scene = await EdgeScene.Start();
        using var caller = new RtpEar();
        using var agent = new RtpEar();
        await Join(scene, caller, agent);
        var muted = new SetRoom(RoomId.Main, [new(Caller), new(Agent, Voice.Nobody)]);
        await scene.Script.Orders(muted, muted);
        await agent.Hears(Hears(440), "the caller");
        await caller.Hears(Silence, "silence");
    }

    [Fact]
    public async Task Orders_that_come_again_leave_the_music_that_was_ordered_last()
    {
        await using var scene = await EdgeScene.Start();
        await scene.Blobs.Write(scene.Script.Tenant, PromptSettings.Blob("hold", "a1"), new Wav(8000, 1, Tone.Make(700, TimeSpan.FromSeconds(1))).ToBytes(), TestContext.Current.CancellationToken);
        using var caller = new RtpEar();
        using var agent = new RtpEar();
        await Join(scene, caller, agent);
        EdgeCommand[] orders = [new SetRoom(RoomId.Main, [new(Caller), new(Agent)]), new SetRoom(RoomId.Main, []), new PlayToLeg(Caller, "hold-1", [], Prompt.Of("hold", "en-US") with { File = "a1" }, false)];
        for (var i = 0; i < 2; i++)
        {
            await scene.Script.Orders([.. orders]);
            caller.Forget();
            await caller.Hears(Hears(700), "the music");
        }
        await scene.Script.Orders(orders[0], orders[2]);
        caller.Forget();
        await caller.Hears(Hears(1000), "the agent: who is in a room hears no music that was ordered before");
    }

    [Fact]
    public async Task A_leg_that_is_gone_is_told_when_a_room_names_it_and_the_others_talk()
    {
        await using var scene = await EdgeScene.Start();
        using var caller = new RtpEar();
        using var agent = new RtpEar();
        await Join(scene, caller, agent);
        await scene.Script.Orders(new SetRoom(RoomId.Main, [new(Caller), new(new("agent-9")), new(Agent)]));
        var gone = await scene.Script.Hears<HungUp>();
        Assert.Equal((new LegId("agent-9"), LegEndedBy.Edge), (gone.Leg, gone.By));
        await caller.Hears(Hears(1000), "the agent");
    }

    [Fact]
    public async Task Tracks_are_kept_by_name_and_read_as_one_recording_of_two_sides()
    {
        await using var scene = await EdgeScene.Start();
        using var caller = new RtpEar();
        using var agent = new RtpEar();
        await Join(scene, caller, agent);
        var (start, callerOnly, stop) = await Record(scene, caller);

        var record = new RecordingRecord($"{scene.Script.Call.Call}-r1", scene.Script.Call.Call, Caller, Agent, start, stop)
        {
            Tracks = [new("caller-1", Caller, Channel.Left, start, callerOnly), new("agent-1-1", Agent, Channel.Right, start, stop), new("caller-2", Caller, Channel.Left, callerOnly, stop)],
        };
        var wav = await Wav(scene, record);
        Assert.Equal((stop - start).TotalSeconds, wav.Length / 2 / 8000.0, 0.01);
        Assert.True(Tone.MedianSnr(Side(wav, 0), 440) > 20, "the caller is left");
        Assert.True(Tone.MedianSnr(Side(wav, 1), 1000) > 20, "the agent is right");
    }

    [Fact]
    public async Task A_changed_byte_and_a_track_put_in_the_place_of_another_are_found_by_the_seals_that_the_call_was_told()
    {
        await using var scene = await EdgeScene.Start();
        using var caller = new RtpEar();
        using var agent = new RtpEar();
        await Join(scene, caller, agent);
        var (start, middle, stop) = await Record(scene, caller);
        var seals = new Dictionary<string, string>();
        while (seals.Count < 3)
        {
            var kept = await scene.Script.Hears<TrackKept>();
            Assert.Equal(("r1", 0, 64), (kept.Recording, kept.Lost, kept.Seal.Length));
            seals.Add(kept.Track, kept.Seal); // each once
        }
        var record = new RecordingRecord($"{scene.Script.Call.Call}-r1", scene.Script.Call.Call, Caller, Agent, start, stop)
        {
            Tracks = [new("caller-1", Caller, Channel.Left, start, middle, seals["caller-1"]), new("agent-1-1", Agent, Channel.Right, start, stop, seals["agent-1-1"]), new("caller-2", Caller, Channel.Left, middle, stop, seals["caller-2"])],
        };
        Assert.Equal(["", "", ""], await Faults(scene, record));

        var (name, changed) = await Segment(scene, record, "agent-1-1");
        changed[^40] ^= 1;
        await scene.Blobs.Write(scene.Script.Tenant, name, changed, TestContext.Current.CancellationToken);
        var (other, bytes) = await Segment(scene, record, "caller-1");
        await scene.Blobs.Delete(scene.Script.Tenant, (await Segment(scene, record, "caller-2")).Name, TestContext.Current.CancellationToken);
        await scene.Blobs.Write(scene.Script.Tenant, other.Replace("caller-1/", "caller-2/", StringComparison.Ordinal), bytes, TestContext.Current.CancellationToken);
        Assert.Equal(["", "altered", "resealed"], await Faults(scene, record));
    }

    [Fact]
    public async Task A_track_of_a_leg_that_is_gone_is_told_as_empty()
    {
        await using var scene = await EdgeScene.Start();
        await CallerTests.Connected(scene);
        await scene.Script.Orders(new StartTrack("r1", "agent-9-1", new("agent-9"), Channel.Right, TimeProvider.System.GetUtcNow()), new StopTrack("r1", "agent-8-1", TimeProvider.System.GetUtcNow()));
        Assert.Equal(["agent-8-1", "agent-9-1"], [(await scene.Script.Hears<TrackKept>()).Track, await scene.Script.Hears<TrackKept>() is { Seal: "" } empty ? empty.Track : ""]);
    }

    static async Task<string[]> Faults(EdgeScene scene, RecordingRecord record) =>
        [.. (await scene.Recordings.Check(scene.Script.Tenant, record, TestContext.Current.CancellationToken)).Select(t => t.Fault ?? "")];

    static async Task<(string Name, byte[] Bytes)> Segment(EdgeScene scene, RecordingRecord record, string track)
    {
        var name = (await scene.Blobs.List(scene.Script.Tenant, $"recordings/{record.Call}/r1/{track}/", TestContext.Current.CancellationToken)).Single();
        return (name, (await scene.Blobs.Read(scene.Script.Tenant, name, TestContext.Current.CancellationToken))!.Value.ToArray());
    }

    static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

    /// <summary>The caller's side in two tracks, the agent's in one; every order twice.</summary>
    internal static async Task<(DateTimeOffset Start, DateTimeOffset Middle, DateTimeOffset Stop)> Record(EdgeScene scene, RtpEar ear, Func<Task>? between = null)
    {
        var start = TimeProvider.System.GetUtcNow();
        EdgeCommand[] begin = [new StartTrack("r1", "caller-1", Caller, Channel.Left, start), new StartTrack("r1", "agent-1-1", Agent, Channel.Right, start)];
        await scene.Script.Orders([.. begin, .. begin]);
        await ear.HearsPackets(30);
        var middle = TimeProvider.System.GetUtcNow();
        middle -= TimeSpan.FromTicks((middle - start).Ticks % Frame.Ticks); // what is found in frames is rounded up once, at the end
        EdgeCommand[] change = [new StopTrack("r1", "caller-1", middle), new StartTrack("r1", "caller-2", Caller, Channel.Left, middle)];
        await scene.Script.Orders([.. change, .. change]);
        await ear.HearsPackets(30);
        if (between is not null) await between();
        var stop = TimeProvider.System.GetUtcNow();
        await scene.Script.Orders(new StopTrack("r1", "caller-2", stop), new StopTrack("r1", "agent-1-1", stop), new StopTrack("r1", "caller-1", stop));
        await scene.Script.Orders([.. begin, new StopTrack("r1", "agent-1-1", stop)]); // late: neither begins nor ends anything
        return (start, middle, stop);
    }

    [Fact]
    public async Task A_record_of_an_earlier_version_names_no_tracks_and_is_read_by_its_legs()
    {
        await using var scene = await EdgeScene.Start();
        using var caller = new RtpEar();
        using var agent = new RtpEar();
        await Join(scene, caller, agent);
        var start = TimeProvider.System.GetUtcNow();
        await scene.Script.Orders(new StartTrack("r1", "caller", Caller, Channel.Left, start), new StartTrack("r1", "agent-1", Agent, Channel.Right, start));
        await caller.HearsPackets(30);
        var stop = TimeProvider.System.GetUtcNow();
        await scene.Script.Orders(new StopTrack("r1", "caller", stop), new StopTrack("r1", "agent-1", stop));
        var wav = await Wav(scene, new($"{scene.Script.Call.Call}-r1", scene.Script.Call.Call, Caller, Agent, start, stop));
        Assert.True(Tone.MedianSnr(Side(wav, 0), 440) > 20 && Tone.MedianSnr(Side(wav, 1), 1000) > 20);
    }

    [Fact]
    public async Task Keys_go_on_unless_they_are_held_back_and_can_be_sent()
    {
        await using var scene = await EdgeScene.Start();
        using var caller = new RtpEar();
        using var agent = new RtpEar();
        await Join(scene, caller, agent);
        await scene.Script.Orders(new SetRoom(RoomId.Main, [new(Caller), new(Agent)]), new PassKeys(Caller, false));
        await agent.Hears(Hears(440), "the caller");
        caller.Press('5');
        Assert.Equal('5', (await scene.Script.Hears<DigitPressed>()).Digit);
        Assert.DoesNotContain(agent.Heard(), p => p.PayloadType == 101);

        await scene.Script.Orders(new PassKeys(Caller, true));
        caller.Press('6');
        await agent.Hears(h => h.Any(p => p.PayloadType == 101 && p.Payload[0] == 6), "key 6");
        await scene.Script.Orders(new SendKeys(Agent, "x"), new SendKeys(Agent, "9#"));
        await agent.Hears(h => h.Any(p => p.PayloadType == 101 && p.Payload[0] == 11), "key #");
    }

    [Fact]
    public async Task A_caller_hears_that_it_rings_once_and_not_after_the_answer()
    {
        await using var scene = await EdgeScene.Start();
        var caller = scene.Peer();
        await caller.Send(caller.Invite("rb"));
        await scene.Script.Hears<Arrived>();
        await scene.Script.Orders(new RingBack(Caller), new RingBack(Caller));
        Assert.Equal(180, (await caller.ExpectResponse(180)).Status);
        await scene.Script.Orders(new AnswerLeg(Caller), new RingBack(Caller));
        Assert.Equal(200, (await caller.ExpectResponse(180)).Status); // no second 180 came before it
    }

    /// <summary>A caller who says 440 Hz and an agent who says 1000 Hz, in no room yet.</summary>
    internal static async Task Join(EdgeScene scene, RtpEar caller, RtpEar agent)
    {
        var phone = await scene.Phone();
        var peer = scene.Peer();
        await peer.Send(peer.Invite("talk", body: Dialling.Sdp(caller.Local.Port)));
        await scene.Script.Hears<Arrived>();
        await scene.Script.Orders(new AnswerLeg(Caller));
        var answer = await peer.ExpectResponse();
        await peer.Send(peer.Within(answer, "ACK", 1));
        await scene.Script.Orders(new RingStation(Agent, "1001", DateTimeOffset.UnixEpoch.AddYears(200)));
        var invite = await phone.ExpectRequest(SipMethod.Invite);
        await phone.Send(phone.Response(invite, 200, body: Dialling.Sdp(agent.Local.Port)));
        await scene.Script.Hears<PickedUp>();
        caller.SayTone(440);
        agent.SayTone(1000);
        caller.Connect(Dialling.MediaOf(answer));
        agent.Connect(Dialling.MediaOf(invite));
        await caller.HearsPackets(5); // the agent is sent nothing until somebody speaks to it
    }

    static Func<IReadOnlyList<HeardPacket>, bool> Hears(double hz) => heard => heard.Count > 25 && Tone.MedianSnr(RtpEar.Samples(heard.TakeLast(20)), hz) > 20;

    static bool Silence(IReadOnlyList<HeardPacket> heard) => heard.Count > 25 && heard.TakeLast(20).All(static p => p.IsSilence);

    static async Task<short[]> Wav(EdgeScene scene, RecordingRecord record)
    {
        await using var stream = await scene.Recordings.Open(scene.Script.Tenant, record) ?? throw new InvalidDataException("no recording");
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes);
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(bytes.AsSpan(44)).ToArray();
    }

    static short[] Side(short[] stereo, int side) => [.. stereo.Where((_, i) => i % 2 == side)];
}
