namespace CallCenter.Domain.Numbers;

/// <summary>归属地: where a caller's number is at home, by area code.</summary>
public static class HomeArea
{
    public static string Version => "1";
    public static string? Of(string number) => number.Length == 0 ? null : null;
}
