using System.Net;
using System.Net.Sockets;

namespace CallCenter.Kit.Processes;

/// <summary>
/// Ports of loopback that were free a moment ago. Up to three test processes at a time take them from a block of their own, so that none
/// takes what another's product has given up for the moment between a kill and the next start.
/// </summary>
public static class FreePorts
{
    // Below the kernel's ephemeral ports, so that no client socket takes one in between.
    const int Lowest = 10_000, Highest = 31_000, BlockLength = 7_000; // of which a product takes some 1,200
    static readonly FileStream? mine = Block(out First);
    static readonly int First, Last = First + BlockLength;
    static readonly Lock gate = new();
    static readonly List<(int First, int End)> held = []; // ports bound now and then only are not free in between
    static int next = First;

    /// <summary>A block that no living process holds; its file is locked as long as this one lives.</summary>
    static FileStream? Block(out int first)
    {
        for (first = Lowest; first + BlockLength <= Highest; first += BlockLength)
        {
            try
            {
                return new(Path.Combine(Path.GetTempPath(), $"callcenter-ports-{first}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                // another test process lives there
            }
        }
        first = Lowest; // shared, then
        return null;
    }

    /// <summary>One port that is free for UDP and TCP; nobody else of this process gets it.</summary>
    public static int Take() => TakeRange(1);

    /// <summary>The first, even, of <paramref name="count"/> ports in a row, of which nobody else gets one until they are given back; they are not tried one by one.</summary>
    public static int TakeRange(int count)
    {
        lock (gate)
        {
            for (var turned = 0; ;)
            {
                var (first, end) = (next, next + count + (count & 1));
                if (end > Last) (next, turned) = (First, turned + 1);
                else if (turned < 2 && held.Find(h => h.First < end && first < h.End) is { End: > 0 } taken) next = taken.End; // twice around without a gap: some are shared, then
                else
                {
                    next = end;
                    if (!IsFree(first)) continue;
                    held.Add((first, end));
                    return first;
                }
            }
        }
    }

    /// <summary>Of a product that is gone: a long run has more products than there are ports.</summary>
    public static void GiveBack(int first)
    {
        lock (gate) held.RemoveAll(h => h.First == first);
    }

    static bool IsFree(int port)
    {
        try
        {
            using var udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            udp.Bind(new IPEndPoint(IPAddress.Loopback, port));
            using var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            tcp.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
