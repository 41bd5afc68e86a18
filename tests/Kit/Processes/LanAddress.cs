using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace CallCenter.Kit.Processes;

/// <summary>An address of this machine that is no loopback; what is sent to it stays on the machine all the same.</summary>
public static class LanAddress
{
    public static IPAddress First { get; } = NetworkInterface.GetAllNetworkInterfaces()
        .Where(n => n.OperationalStatus == OperationalStatus.Up && n.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(n => n.GetIPProperties().UnicastAddresses)
        .Select(u => u.Address)
        .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork) ?? throw new InvalidOperationException("this machine has no address but loopback");
}
