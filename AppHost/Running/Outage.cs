using System.Net.Sockets;
using CallCenter.Storage;

namespace CallCenter.AppHost.Running;

/// <summary>What keeps a right program with right settings from starting: told in a line, not with a stack.</summary>
internal static class Outage
{
    public static bool Explains(Exception fault) => fault is IOException or SocketException or UnauthorizedAccessException or SchemaException;

    public static int Tell(Exception fault)
    {
        Console.Error.WriteLine($"CallCenter cannot start: {fault.Message}");
        return 1;
    }
}
