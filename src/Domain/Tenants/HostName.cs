namespace CallCenter.Domain.Tenants;

/// <summary>Names of hosts as we keep them: DNS names in lower case (RFC 4343), 253 characters at most (RFC 1035 §2.3.4).</summary>
public static class HostName
{
    public const int Longest = 253;

    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= Longest } && Uri.CheckHostName(name) == UriHostNameType.Dns && name.All(InHost) && name[^1] != '.';

    /// <summary>Whether a name is the other one or stands below it.</summary>
    public static bool IsWithin(string name, string parent) => name == parent || (name.Length > parent.Length && name.EndsWith(parent, StringComparison.Ordinal) && name[^(parent.Length + 1)] == '.');

    private static bool InHost(char c) => c is '.' or '-' || char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c);
}
