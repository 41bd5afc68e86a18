using System.Diagnostics;
using CallCenter.Media.Dtls;

namespace CallCenter.Media.Tests.Dtls;

/// <summary>A client and a server in one thread, and a line between them that does as it is told.</summary>
sealed class Handshake : IDisposable
{
    static readonly DtlsIdentity us = DtlsIdentity.TryCreate(TimeProvider.System)!, them = DtlsIdentity.TryCreate(TimeProvider.System)!;
    static readonly TimeSpan patience = TimeSpan.FromSeconds(20);

    /// <summary>Timers so short that a test does not wait, and long enough for a busy machine: twelve that pass in vain end a handshake.</summary>
    static readonly DtlsTimers quick = new(TimeSpan.FromMilliseconds(15), TimeSpan.FromMilliseconds(150));

    int sent;

    public Handshake(DtlsFingerprint? clientExpects = null, DtlsFingerprint? serverExpects = null)
    {
        Client = new(us, DtlsRole.Client, [clientExpects ?? them.Fingerprint], quick);
        Server = new(them, DtlsRole.Server, [serverExpects ?? us.Fingerprint], quick);
    }

    public DtlsSession Client { get; }
    public DtlsSession Server { get; }

    /// <summary>What becomes of the n-th datagram of all: none, one or more.</summary>
    public Func<int, byte[], IEnumerable<byte[]>> Line { get; init; } = (_, datagram) => [datagram];

    public List<(bool FromClient, byte[] Bytes)> Seen { get; } = [];

    public static DtlsFingerprint OfNobody { get; } = DtlsFingerprint.Of("nobody"u8);

    /// <summary>Until both have come to an end, whichever.</summary>
    public Handshake Run(Func<bool>? enough = null)
    {
        enough ??= () => Client.Phase != DtlsPhase.Handshaking && Server.Phase != DtlsPhase.Handshaking;
        Client.Start();
        for (var since = Stopwatch.GetTimestamp(); !enough();)
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < patience, $"client {Client.Phase} {Client.Fault}, server {Server.Phase} {Server.Fault} after {sent} datagrams");
            Move();
            Client.Tick();
            Server.Tick();
            Thread.Yield();
        }
        Move();
        return this;
    }

    /// <summary>Carries over what waits, until nothing does.</summary>
    public void Move()
    {
        while (Carry(Client, Server) | Carry(Server, Client)) { }
    }

    bool Carry(DtlsSession from, DtlsSession to)
    {
        Span<byte> room = stackalloc byte[DtlsSession.Mtu];
        List<byte[]> datagrams = [];
        while (from.TryTake(room, out var length)) datagrams.Add(room[..length].ToArray());
        foreach (var datagram in datagrams)
        {
            Seen.Add((from == Client, datagram));
            foreach (var arrived in Line(sent++, datagram)) to.Feed(arrived);
        }
        return datagrams.Count > 0;
    }

    public void HaveTheSameKeys()
    {
        Assert.Equal((DtlsPhase.Ready, DtlsPhase.Ready), (Client.Phase, Server.Phase));
        var (one, other) = (Client.Keys!, Server.Keys!);
        Assert.Equal(one.Suite, other.Suite);
        Assert.Equal(one.Ours, other.Theirs);
        Assert.Equal(one.Theirs, other.Ours);
        Assert.NotEqual(one.Ours, one.Theirs);
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }
}
