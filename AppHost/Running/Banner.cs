using System.Net;
using CallCenter.AppHost.Demo;
using CallCenter.AppHost.Settings;

namespace CallCenter.AppHost.Running;

/// <summary>What a person at the console sees: the demo, the addresses, and the line by which scripts know that all is up.</summary>
internal static class Banner
{
    public static void Created(DemoSettings demo) => Console.WriteLine($"""
        Demo data created: tenants {DemoData.Acme} and {DemoData.Globex} with {demo.Agents} agents each
          users        operator; of each tenant: admin, supervisor, qa, agent1001 … (password: Demo:Password, '{DemoSettings.KnownPassword}' unless set)
          numbers      4008001001, 4008001002, 4008001003 ({DemoData.Acme}), 4008002001 ({DemoData.Globex})
          calling out  010-12345678 ({DemoData.Acme}) is shown; mobiles and landlines, with or without 9 in front
        """);

    public static void Addresses(HostSettings settings, IEnumerable<string> urls, string? sip, bool hasDemo)
    {
        Console.WriteLine($"  http         {string.Join("  ", urls)}");
        if (sip is null) return;
        Console.WriteLine($"  sip          {sip} (UDP)");
        if (hasDemo) Console.WriteLine($"  softphone    <sip:1001@{settings.Demo.DomainOf(DemoData.Acme)}>;auth_user=1001;auth_pass={PasswordText(settings.Demo)};outbound=\"sip:{Reachable(sip)}\"");
    }

    public static void Ready() => Console.WriteLine("CallCenter is ready");

    /// <summary>A secret does not reach the console; the default is none.</summary>
    private static string PasswordText(DemoSettings demo) => demo.Password == DemoSettings.KnownPassword ? demo.Password : "(Demo:Password)";

    private static string Reachable(string sip) => IPEndPoint.TryParse(sip, out var at) && at.Address.Equals(IPAddress.Any) ? $"127.0.0.1:{at.Port}" : sip;
}
