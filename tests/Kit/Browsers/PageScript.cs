using System.Text.Json;

namespace CallCenter.Kit.Browsers;

/// <summary>Values cross as JSON text, which every browser's protocol carries alike.</summary>
static class PageScript
{
    public static string AsText(string expression) => $"(async () => JSON.stringify((await ({expression})) ?? null))()";

    public static JsonElement FromText(string? text)
    {
        using var json = JsonDocument.Parse(text ?? "null");
        return json.RootElement.Clone();
    }

    /// <param name="what">As the page's own engine tells it.</param>
    public static InvalidOperationException Thrown(string expression, string? what) => new($"{(expression.Length > 100 ? expression[..100] + " …" : expression)} threw: {what}");
}
