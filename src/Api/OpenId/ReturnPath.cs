namespace CallCenter.Api.OpenId;

/// <summary>Where somebody is led after the sign-in: to a path of ours, and never to another host.</summary>
internal static class ReturnPath
{
    private const int Longest = 500;

    /// <summary>The path, or the front page if it is none: browsers take "//" and "/\" for the beginning of a host.</summary>
    public static string Of(string? wanted) =>
        wanted is { Length: > 0 and <= Longest } && wanted[0] == '/' && !(wanted.Length > 1 && wanted[1] is '/' or '\\') && wanted.All(c => c is > ' ' and < '\u007f' and not '\\') ? wanted : "/";

    /// <summary>The same page with a word for the sign-in.</summary>
    public static string With(string path, string name, string word) => $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={word}";
}
