using System.Diagnostics.CodeAnalysis;

namespace CallCenter.Domain.Agents;

/// <summary>A SIP extension's number: 1–16 digits; also a digest user name and part of a grain's key.</summary>
public static class Extension
{
    public static bool IsValid([NotNullWhen(true)] string? number) => number is { Length: > 0 and <= 16 } && number.All(char.IsAsciiDigit);
}
