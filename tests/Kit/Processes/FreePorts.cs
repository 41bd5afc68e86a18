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
    const int Lowest = 10_000, Highest = 31_000, BlockLength = 7_000;

    /// <summary>A range of so many is a short one. Long ones are a product's media, all of one length: beside each other they leave no gap that is too small for one.</summary>
    const int Short = 100, Long = 1_200;
    static readonly FileStream? mine = Block(out First);
    static readonly int First, Last = First + BlockLength;
    static readonly Lock gate = new();
    static readonly List<(int First, int End)> held = []; // ports bound now and then only are not free in between

    /// <summary>Long ranges lie at the bottom of the block, short ones and single ports above them: there they part no gap.</summary>
    static readonly Part bottom = new(First, First + (BlockLength - 1) / Long * Long), top = new(bottom.End, Last);

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
            var part = count > Short ? bottom : top;
            for (var turned = 0; ;)
            {
                var (first, end) = (part.Next, part.Next + count + (count & 1));
                if (end > part.End)
                {
                    (part.Next, turned) = (part.First, turned + 1);
                    if (turned == 2 && part == top && Grows()) turned = 0;
                }
                else if (turned < 2 && held.Find(h => h.First < end && first < h.End) is { End: > 0 } taken) part.Next = taken.End; // twice around without a gap: some are shared, then
                else
                {
                    part.Next = end;
                    if (!IsFree(first)) continue;
                    held.Add((first, end));
                    return first;
                }
            }
        }
    }

    /// <summary>The place of one long range goes from the bottom to the top.</summary>
    static bool Grows()
    {
        if (bottom.End - Long <= First) return false;
        bottom.End -= Long;
        top.First = top.Next = bottom.End;
        return true;
    }

    /// <summary>Of what is gone, each range by its first port: a long run has more products than there are ports.</summary>
    public static void GiveBack(params ReadOnlySpan<int> firsts)
    {
        lock (gate)
            foreach (var first in firsts)
                if (held.FindIndex(h => h.First == first) is >= 0 and var at) held.RemoveAt(at); // one: where they are shared, the other stays
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

    /// <summary>Goes round and round, so that a port that was given back rests before somebody else has it.</summary>
    sealed class Part(int first, int end)
    {
        public int First { get; set; } = first;
        public int End { get; set; } = end;
        public int Next { get; set; } = first;
    }
}
