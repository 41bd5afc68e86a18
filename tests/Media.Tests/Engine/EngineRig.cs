using System.Net;
using CallCenter.Kit.Media;
using CallCenter.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Recording;
using CallCenter.Media.Sdp;

namespace CallCenter.Media.Tests.Engine;

/// <summary>
/// Engine tests that measure time, or keep a processor busy, run one after another and after all others. The others listen, in time as it passes, and cost next to
/// nothing: several do so at once.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EngineTests
{
    public const string Name = "engine";
}

/// <summary>A window of a leg's quality, in the rig's list of events.</summary>
sealed record WindowTold(QualityMeasured What) : MediaEvent(What.Leg, What.At);

/// <summary>An engine on loopback with ears on its legs, and the events it told.</summary>
sealed class EngineRig : IMediaEvents, ISegmentSink, IDisposable
{
    static readonly bool isRingOff = Environment.GetEnvironmentVariable("CALLCENTER_TEST_RING") == "off";
    static int nextRange = -1;

    readonly Lock gate = new();
    readonly List<MediaEvent> events = [];
    readonly List<(Func<bool> Enough, TaskCompletionSource Done)> waits = [];
    readonly List<RtpEar> ears = [];

    public EngineRig(MediaOptions? options = null)
    {
        // each rig its own ports below the ephemeral range, so that rigs of parallel tests never compete
        var first = 17_000 + 100 * (Interlocked.Increment(ref nextRange) % 140);
        options ??= new();
        Engine = new(options with { Ring = options.Ring && !isRingOff, PortFirst = first, PortLast = first + 99, BindAddress = IPAddress.Loopback, Shards = Math.Max(1, options.Shards) }, this, this, TimeProvider.System);
    }

    public MediaEngine Engine { get; }

    public List<(SegmentHead Head, byte[] Bytes)> Segments { get; } = [];

    /// <summary>As an edge does: with <see cref="MediaLeg.MuteTones"/> a key that came as tones goes on as a key.</summary>
    public bool PassesTonesAsKeys { get; set; }

    public Func<SegmentHead, bool> Keeps { get; set; } = _ => true;

    public RtpEar Ear(AudioCodec codec = AudioCodec.Pcmu, uint ssrc = 0x12345678)
    {
        var ear = new RtpEar(codec, ssrc);
        ears.Add(ear);
        return ear;
    }

    /// <param name="group">With several loops it picks one.</param>
    public MediaLeg Leg(object? owner = null, long group = 1)
    {
        Assert.True(Engine.TryOpenLeg(group, owner, out var leg, out _));
        return leg;
    }

    /// <summary>A leg and its ear, both sending.</summary>
    public (MediaLeg Leg, RtpEar Ear) Party(AudioCodec codec = AudioCodec.Pcmu, double hz = 0)
    {
        var (leg, ear) = (Leg(), Ear(codec));
        leg.SetRemote(Settled(codec, ear.Local));
        if (hz > 0) ear.SayTone(hz);
        ear.Connect(leg.Local);
        return (leg, ear);
    }

    public static NegotiatedAudio Settled(AudioCodec codec, IPEndPoint? remote, MediaDirection direction = MediaDirection.SendReceive)
    {
        var types = new PayloadTypes(null, null, 101).With(codec, (byte)codec);
        return new(codec, types, types, remote, null, direction);
    }

    public T[] Told<T>() where T : MediaEvent
    {
        lock (gate) return [.. events.OfType<T>()];
    }

    public Task<T> Tells<T>(TimeSpan? within = null) where T : MediaEvent => Tells<T>(1, within);

    public async Task<T> Tells<T>(int count, TimeSpan? within = null) where T : MediaEvent
    {
        await Until(() => events.OfType<T>().Count() >= count, $"{count} × {typeof(T).Name}", within);
        return Told<T>()[count - 1];
    }

    /// <summary>Waits until events or segments satisfy; looked at after each of them.</summary>
    public async Task Until(Func<bool> enough, string what, TimeSpan? within = null)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (enough()) return;
            waits.Add((enough, done));
        }
        try
        {
            await done.Task.WaitAsync(within ?? TimeSpan.FromSeconds(10));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"the engine did not tell {what}; it told {string.Join(", ", Told<MediaEvent>().Select(e => e.GetType().Name))}");
        }
    }

    public void Happened(MediaEvent what)
    {
        lock (gate)
        {
            events.Add(what);
            if (what is DigitPressed { Source: KeySource.Tone } pressed && PassesTonesAsKeys) pressed.Leg.PassKey(pressed.Key);
            Settle();
        }
    }

    public void Measured(in QualityMeasured what) => Happened(new WindowTold(what));

    public void Faulted(Exception bug) => Assert.Fail(bug.ToString());

    public bool TryKeep(in SegmentHead head, ReadOnlySpan<byte> plain)
    {
        lock (gate)
        {
            if (!Keeps(head)) return false;
            Segments.Add((head, plain.ToArray()));
            Settle();
            return true;
        }
    }

    public void Dispose()
    {
        Engine.Dispose();
        foreach (var ear in ears) ear.Dispose();
        Assert.Equal(0, Engine.Figures.Faults);
    }

    void Settle()
    {
        for (var i = waits.Count - 1; i >= 0; i--)
        {
            if (!waits[i].Enough()) continue;
            waits[i].Done.TrySetResult();
            waits.RemoveAt(i);
        }
    }
}
