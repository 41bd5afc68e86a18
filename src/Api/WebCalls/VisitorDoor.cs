using System.Net.Sockets;
using CallCenter.Contracts.Numbers;

namespace CallCenter.Api.WebCalls;

/// <summary>Which number a visitor may call, and from whose pages. What is not an access number that its tenant has opened to visitors is not there for them, whatever it is.</summary>
internal sealed class VisitorDoor(IConfigurationStore store, IGrainFactory grains)
{
    /// <summary>Bytes of an IPv6 address that are the network's; the rest its owner chooses as he likes (RFC 4291 §2.5.4).</summary>
    private const int NetworkBytes = 8;

    /// <summary>By whose host the request comes; null if it is no tenant's.</summary>
    public async Task<TenantSettings?> TenantOf(HttpRequest request, CancellationToken stop) =>
        await store.FindTenantByDomain(AskedHost.Of(request), stop) is { Suspended: false } tenant ? tenant : null;

    /// <summary>How that number may be called from a page; null if it may not be: not the tenant's, not opened, or served by nothing.</summary>
    public async Task<WebCallSettings?> Number(TenantId tenant, string? dialled)
    {
        if (!PhoneNumber.TryParse(dialled, out var number) || await grains.WebDoor(tenant).Number(number.Canonical) is not { } settings) return null;
        return await Route(number.Canonical) is { } route && route.Tenant == tenant ? settings : null;
    }

    /// <summary>Whose it is now: settings of an owner before lead nowhere.</summary>
    private Task<NumberRoute?> Route(string number) => grains.Number(number).Route();

    /// <summary>Whether pages of that origin may call the number.</summary>
    public static bool Admits(WebCallSettings number, string? origin, HttpRequest request) => SameOrigin.IsOurs(request, origin) || (WebOrigin.TryParse(origin, out var written) && number.Origins.Contains(written));

    /// <summary>Whether pages of that origin may call any of the tenant's numbers, and so may read what we answer.</summary>
    public async Task<bool> AdmitsSome(TenantId tenant, string origin) => WebOrigin.TryParse(origin, out var written) && (await grains.WebDoor(tenant).Origins()).Contains(written);

    /// <summary>By what the calls of one visitor are counted.</summary>
    public static string AddressOf(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes)) : address.ToString();
    }
}
