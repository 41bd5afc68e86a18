using System.Net;
using System.Net.Sockets;
using CallCenter.Media.Codecs;
using CallCenter.Media.Rtp;

namespace CallCenter.Media.Tests.Engine;

public sealed class LifeTests
{
    [Fact]
    public void Ports_are_even_and_come_back_only_after_the_drain()
    {
        using var rig = new EngineRig(new() { DrainTime = TimeSpan.FromMilliseconds(50) });
        List<MediaLeg> legs = [];
        while (rig.Engine.TryOpenLeg(1, null, out var leg, out var refusal) || Refused(refusal)) legs.Add(leg);
        Assert.Equal(50, legs.Count);
        Assert.All(legs, l => Assert.True(int.IsEvenInteger(l.Local.Port)));
        Assert.Equal(50, legs.Select(l => l.Local.Port).Distinct().Count());
        var closed = MediaClock.Now;
        legs[7].Close();
        MediaLeg? again;
        while (!rig.Engine.TryOpenLeg(1, null, out again, out _)) Thread.Yield();
        Assert.Equal(legs[7].Local, again.Local);
        Assert.InRange((MediaClock.Now - closed).TotalMilliseconds, 49, 5000);

        static bool Refused(LegRefusal refusal)
        {
            Assert.Equal(LegRefusal.PortsExhausted, refusal);
            return false;
        }
    }

    [Fact]
    public void A_port_of_another_program_is_passed_over()
    {
        using var rig = new EngineRig();
        var port = rig.Leg().Local.Port;
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, port + 3)); // the RTCP port of the next pair
        Assert.Equal(port + 4, rig.Leg().Local.Port);
    }

    [Fact]
    public async Task Silence_of_the_far_end_is_told_once_and_its_end_too()
    {
        using var rig = new EngineRig(new() { SilenceTimeout = TimeSpan.FromMilliseconds(300) });
        var (leg, ear) = rig.Party(hz: 440);
        await rig.Tells<FirstPacket>();
        ear.Mute();
        var lost = await rig.Tells<MediaLost>();
        ear.SayTone(440);
        await rig.Tells<MediaResumed>();
        Assert.True((lost.At - lost.Since).TotalMilliseconds >= 300);
        Assert.InRange(Heard.Took(lost.Since, lost.At), 0, 1000);
        Assert.Single(rig.Told<FirstPacket>());
        leg.Close();
        await rig.Tells<LegClosed>();
    }

    [Fact]
    public async Task Reports_say_what_was_sent_and_heard()
    {
        using var rig = new EngineRig(new() { ReportInterval = TimeSpan.FromSeconds(1) });
        using var control = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        control.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var (leg, ear) = (rig.Leg(), rig.Ear());
        leg.SetRemote(EngineRig.Settled(AudioCodec.Pcmu, ear.Local) with { RemoteControl = (IPEndPoint)control.LocalEndPoint! });
        ear.Connect(leg.Local);
        var buffer = new byte[200];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        var length = await control.ReceiveAsync(buffer, patience.Token);
        Assert.True(RtcpReader.TryOpen(buffer.AsSpan(0, length), out var reader));
        Assert.True(reader.TryNext(out var report));
        Assert.Equal(RtcpType.SenderReport, report.Type);
        Assert.True(report.TryReadReport(0, out var about));
        Assert.Equal((0x12345678u, 0), (about.Ssrc, about.Lost));
        leg.Close();
        var figures = (await rig.Tells<LegClosed>()).Figures;
        Assert.True(figures.Received > 10 && figures.Sent > 10 && figures.Lost == 0);
    }

    [Fact]
    public async Task Relaying_allocates_nothing()
    {
        using var rig = new EngineRig();
        var (one, oneEar) = rig.Party(AudioCodec.Pcma, hz: 440);
        var (two, twoEar) = rig.Party(AudioCodec.Pcmu, hz: 1000);
        var room = rig.Engine.OpenRoom(1);
        room.Set([new(one), new(two)]);
        var allocated = long.MaxValue;
        for (var round = 0; round < 10 && allocated > 0; round++) // the first rounds compile and load what they use
        {
            var before = rig.Engine.LoopAllocations;
            await Task.WhenAll(oneEar.HearsPackets(25), twoEar.HearsPackets(25));
            allocated = rig.Engine.LoopAllocations - before;
        }
        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task Garbage_harms_no_call()
    {
        using var rig = new EngineRig();
        var (leg, ear) = rig.Party(hz: 440);
        await rig.Tells<FirstPacket>();
        using var thrower = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            if (bytes.Length > 1 && i % 2 == 0) (bytes[0], bytes[1]) = (0x80, (byte)(i % 4 == 0 ? 0 : 200));
            thrower.SendTo(bytes, new IPEndPoint(IPAddress.Loopback, leg.Local.Port + i % 2));
        }
        await ear.HearsPackets(10);
        Heard.IsOneStream(ear.Heard());
    }
}
