using System.Collections.Frozen;
using System.Text;

namespace CallCenter.Domain.Desk;

/// <summary>
/// An address with fields in braces, such as <c>https://crm.example.com/open?caller={caller}&amp;order={visit.order}</c>. Values are escaped (RFC 3986 §2.1), so that none
/// gets out of its place; a field without a value is left empty. No field stands in the host: the firm alone says where its customers' data go.
/// </summary>
public static class CrmUrl
{
    public const int Longest = 2000;
    private const string Https = "https://", VisitPrefix = "visit.";

    /// <summary>What may stand in braces, besides <c>visit.</c> and a name that the firm's web page sends along.</summary>
    public static readonly FrozenSet<string> Fields = new[] { "caller", "call", "queue", "agent", "staffNumber", "customer", "firm" }.ToFrozenSet();

    internal static void Check(string template, string field, FaultList faults)
    {
        faults.When(template.Length is 0 or > Longest, field, $"must have 1–{Longest} characters").When(template.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || FaultList.TurnsText(c)), field, "must have no spaces or control characters");
        faults.When(!template.StartsWith(Https, StringComparison.OrdinalIgnoreCase), field, "must begin with https://");
        var host = HostOf(template);
        faults.When(host.AsSpan().ContainsAny('{', '}'), field, "must have no field in the host");
        var whole = Fill(template, static _ => "x", out var unknown, out var isBroken);
        faults.When(isBroken, field, "has a brace without its other half");
        foreach (var name in unknown) faults.When(true, field, $"names the field {name}, which is none of {string.Join(", ", Fields.Order(StringComparer.Ordinal))}, visit.…");
        faults.When(!Uri.TryCreate(whole, UriKind.Absolute, out var uri) || host.Length == 0 || uri.UserInfo.Length > 0, field, "must be an address with a host, without a user");
    }

    /// <summary>Up to the path, the query or the fragment, whichever comes first.</summary>
    private static string HostOf(string template)
    {
        var rest = template.AsSpan(Math.Min(Https.Length, template.Length));
        var end = rest.IndexOfAny("/?#\\");
        return (end < 0 ? rest : rest[..end]).ToString();
    }

    /// <param name="value">Of a field; null = it has none.</param>
    public static string Fill(string template, Func<string, string?> value) => Fill(template, value, out _, out _);

    private static string Fill(string template, Func<string, string?> value, out List<string> unknown, out bool isBroken)
    {
        unknown = [];
        var filled = new StringBuilder(template.Length);
        for (var at = 0; at < template.Length;)
        {
            var open = template.AsSpan(at).IndexOfAny('{', '}');
            if (open < 0) open = template.Length - at;
            filled.Append(template, at, open);
            at += open;
            if (at == template.Length) break;
            var close = template[at] == '{' ? template.AsSpan(at + 1).IndexOfAny('{', '}') : -1;
            if (close < 0 || template[at + 1 + close] == '{')
            {
                isBroken = true;
                return filled.ToString();
            }
            var name = template.Substring(at + 1, close);
            if (IsField(name)) filled.Append(Uri.EscapeDataString(value(name) ?? ""));
            else
            {
                unknown.Add(name);
                filled.Append('x'); // one fault is enough
            }
            at += close + 2;
        }
        isBroken = false;
        return filled.ToString();
    }

    private static bool IsField(string name) => Fields.Contains(name) || (name.Length > VisitPrefix.Length && name.StartsWith(VisitPrefix, StringComparison.Ordinal));

    /// <summary>What a page's name for something is in braces.</summary>
    public static string Visit(string name) => VisitPrefix + name;
}
