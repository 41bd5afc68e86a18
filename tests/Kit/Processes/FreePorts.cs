using System.Net;
using System.Net.Sockets;

namespace CallCenter.Kit.Processes;

/// <summary>Ports of loopback that were free a moment ago.</summary>
public static class FreePorts
{
    // Below the kernel's ephemeral ports, so that no client socket takes one in between; each test process starts elsewhere.
    const int First = 10_000, Last = 31_000;
    static int next = First + Environment.ProcessId * 64 % (Last - First);

    /// <summary>One port that is free for UDP and TCP.</summary>
    public static int Take() => TakeRange(1);

    /// <summary>The first, even, of <paramref name="count"/> ports in a row; they are not tried one by one.</summary>
    public static int TakeRange(int count)
    {
        while (true)
        {
            var end = Interlocked.Add(ref next, count + 2);
            var first = (end - count) & ~1;
            if (end >= Last) Interlocked.CompareExchange(ref next, First, end);
            else if (IsFree(first)) return first;
        }
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
