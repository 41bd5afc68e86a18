using System.Buffers.Binary;
using System.Net;
using System.Text;
using CallCenter.Media.Ice;
using CallCenter.Media.Srtp;
using CallCenter.Media.Stun;
using CallCenter.Media.Transport;

namespace CallCenter.Media.Tests.Ice;

/// <summary>A full agent's side, word for word: it makes checks and reads their answers.</summary>
sealed class ScriptedChecks(IceAgent agent)
{
    readonly byte[] answer = new byte[IceAgent.LongestAnswer];
    uint transaction;
    long now;

    /// <summary>Its own clock, in ms.</summary>
    public long Ms
    {
        get => now / 1_000_000;
        set => now = value * 1_000_000;
    }

    public long Now => now;

    /// <summary>With whose credentials it checks: what the agent says now, unless it was told before a restart.</summary>
    public IceCredentials Theirs { get; set; } = agent.Ours;

    public static IcePath Path(int port, int connection = 0) => new(PeerName.Of(new(IPAddress.Parse("192.0.2.7"), port)), connection);

    /// <summary>The datagram of a check.</summary>
    public byte[] Check(bool nominates = false, uint priority = 100, bool controlled = false, StunAttribute unknown = 0, bool signs = true)
    {
        Span<byte> id = stackalloc byte[StunMessage.TransactionSize];
        BinaryPrimitives.WriteUInt32BigEndian(id, ++transaction);
        var buffer = new byte[300];
        var writer = new StunWriter(buffer, StunType.BindingRequest, id);
        writer.Add(StunAttribute.Username, Encoding.ASCII.GetBytes($"{Theirs.Fragment}:peer"));
        writer.Add(StunAttribute.Priority, priority);
        writer.Add(controlled ? StunAttribute.IceControlled : StunAttribute.IceControlling, 1ul);
        if (nominates) writer.Add(StunAttribute.UseCandidate, []);
        if (unknown != 0) writer.Add(unknown, "what?"u8);
        if (signs) writer.Sign(new(Encoding.ASCII.GetBytes(Theirs.Password)));
        writer.AddFingerprint();
        return buffer[..writer.Length];
    }

    /// <summary>Sends one and reads the answer, which must be right.</summary>
    public IceChange Sends(in IcePath from, bool nominates = false, uint priority = 100)
    {
        var step = agent.Take(Check(nominates, priority), from, now, answer);
        Assert.True(StunMessage.TryRead(answer.AsSpan(0, step.Answer), out var message), "no answer");
        Assert.Equal((StunType.BindingSuccess, true), (message.Type, message.HasFingerprint));
        Assert.True(message.IsIntact(new(Encoding.ASCII.GetBytes(Theirs.Password))));
        Assert.Equal(transaction, BinaryPrimitives.ReadUInt32BigEndian(message.Transaction));
        Assert.True(message.TryFind(StunAttribute.XorMappedAddress, out var mapped) & XorAddress.TryRead(mapped, message.Mask, out var seen));
        Assert.Equal(from.Peer.ToEndPoint(), seen);
        return step.Change;
    }

    /// <summary>Sends any datagram; what came back.</summary>
    public (IceChange Change, byte[] Answer) Throws(byte[] datagram, in IcePath from)
    {
        var step = agent.Take(datagram, from, now, answer);
        return (step.Change, answer[..step.Answer]);
    }
}
