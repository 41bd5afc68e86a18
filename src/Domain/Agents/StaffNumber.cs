using System.Diagnostics.CodeAnalysis;

namespace CallCenter.Domain.Agents;

/// <summary>工号: by it an agent is known to callers and colleagues of a firm; 1–16 digits or capital letters.</summary>
public static class StaffNumber
{
    public const int Longest = 16;

    public static bool IsValid([NotNullWhen(true)] string? number) => number is { Length: > 0 and <= Longest } && number.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c));

    /// <summary>As it is kept, of what somebody typed; null for nothing.</summary>
    public static string? Of(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim().ToUpperInvariant();
}
