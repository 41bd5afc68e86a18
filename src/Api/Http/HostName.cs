namespace CallCenter.Api.Http;

/// <summary>The host by which a request came, as tenants' hosts are stored: in lower case, and without the dot that may end a full name (RFC 4343, RFC 1034 §3.1).</summary>
internal static class HostName
{
    public static string Of(HttpRequest request) => request.Host.Host.TrimEnd('.').ToLowerInvariant();
}
