using CallCenter.Kit.Fuzzing;
using CallCenter.Media.Dtls;

namespace CallCenter.Fuzz;

/// <summary>
/// Handshakes of DTLS in which some datagrams come damaged, besides the good one or in its place, and later to the session that stands. Two that
/// came to keys have the same ones; what one session is told spoils no other.
/// </summary>
sealed class DtlsFuzz(ByteMutator mutator) : IDisposable
{
    /// <summary>Four flights, and what damage makes of them.</summary>
    const int MostRounds = 20;

    readonly DtlsIdentity us = DtlsIdentity.TryCreate(TimeProvider.System) ?? throw new InvalidOperationException("OpenSSL 3 is not installed"), them = DtlsIdentity.TryCreate(TimeProvider.System)!;
    readonly List<byte[]> seen = [[22, 0xFE, 0xFD, .. new byte[40]]];
    readonly byte[] room = new byte[DtlsSession.Mtu];
    int turn;

    /// <summary>True if it came to keys all the same.</summary>
    public bool Once()
    {
        turn++;
        using var client = new DtlsSession(us, DtlsRole.Client, [them.Fingerprint], DtlsTimers.Usual);
        using var server = new DtlsSession(them, DtlsRole.Server, [us.Fingerprint], DtlsTimers.Usual);
        client.Start();
        for (var round = 0; round < MostRounds && (Carry(client, server, round) | Carry(server, client, round)); round++) { }
        for (var i = 0; i < 5; i++) server.Feed(mutator.Next(seen));
        var isShaken = client.Keys is not null && server.Keys is not null;
        if (isShaken) MediaFuzz.Demand(client.Keys!.Ours.Equals(server.Keys!.Theirs) && client.Keys.Theirs.Equals(server.Keys.Ours), "two shook hands and have different keys", []);
        return isShaken;
    }

    bool Carry(DtlsSession from, DtlsSession to, int round)
    {
        var any = false;
        for (; from.TryTake(room, out var length); any = true)
        {
            MediaFuzz.Demand(length is > 0 and <= DtlsSession.Mtu, "a datagram is longer than the way is wide", room);
            var datagram = room[..length];
            Remember(datagram);
            if (turn % 3 == 0) to.Feed(mutator.Next(seen));
            to.Feed(turn % 3 == 1 && round == turn % 4 ? mutator.Next([datagram]) : datagram);
        }
        return any;
    }

    void Remember(byte[] datagram)
    {
        if (seen.Count < 50) seen.Add(datagram);
        else seen[turn % seen.Count] = datagram;
    }

    public void Dispose()
    {
        us.Dispose();
        them.Dispose();
    }
}
