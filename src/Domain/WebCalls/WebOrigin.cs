using System.Diagnostics.CodeAnalysis;

namespace CallCenter.Domain.WebCalls;

/// <summary>Whence a page comes, as browsers write it in <c>Origin</c> (RFC 6454 §6.2): scheme, host, and the port if it is not the scheme's own.</summary>
public static class WebOrigin
{
    private const int Longest = 260;

    /// <summary>Reads an origin as a person may type it. False: no http or https, or more than an origin.</summary>
    /// <param name="origin">As a browser writes it.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out string? origin)
    {
        origin = null;
        if (text is not { Length: > 0 and <= Longest } || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http")) return false;
        if (uri.UserInfo.Length > 0 || uri.AbsolutePath != "/" || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.HostNameType == UriHostNameType.Unknown) return false;
        if (uri.IdnHost.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_' or ':' or '[' or ']'))) return false; // it stands in a header
        origin = uri.IsDefaultPort ? $"{uri.Scheme}://{HostOf(uri)}" : $"{uri.Scheme}://{HostOf(uri)}:{uri.Port}";
        return true;
    }

    private static string HostOf(Uri uri) => (uri.HostNameType == UriHostNameType.IPv6 ? $"[{uri.IdnHost}]" : uri.IdnHost).ToLowerInvariant();
}
