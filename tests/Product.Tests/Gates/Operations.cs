using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Gates;

/// <summary>One operation of the API, as our own document tells of it.</summary>
/// <param name="Template">With the names of its parts in braces.</param>
/// <param name="Demand">Null: open to all.</param>
/// <param name="Kinds">The kinds of body it takes.</param>
/// <param name="Body">The members of its JSON body; null if it takes none.</param>
sealed partial record Operation(HttpMethod Method, string Template, string? Demand, string[] Kinds, JsonElement? Body)
{
    /// <summary>With ids that nothing has.</summary>
    public string Path => Part().Replace(Template, "none-such").TrimStart('/');

    /// <summary>The members of the body that are text of any kind.</summary>
    public IEnumerable<string> TextMembers => Body is not { } body ? [] : body.EnumerateObject().Where(member => IsText(member.Value)).Select(member => member.Name);

    static bool IsText(JsonElement schema) =>
        schema.TryGetProperty("type", out var type) && !schema.TryGetProperty("enum", out _) && (type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(one => one.GetString() == "string") : type.GetString() == "string");

    public override string ToString() => $"{Method} {Template}";

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Part();
}

static class Operations
{
    /// <summary>All of these methods in the product's OpenAPI document.</summary>
    public static async Task<List<Operation>> Of(ProductApi api, params string[] methods)
    {
        var document = await api.Http.GetFromJsonAsync<JsonElement>(new Uri("openapi/v1.json", UriKind.Relative));
        return [.. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Where(one => methods.Contains(one.Name)).Select(one => Read(document, path.Name, one)))];
    }

    static Operation Read(JsonElement document, string path, JsonProperty operation)
    {
        var kinds = operation.Value.TryGetProperty("requestBody", out var body) ? body.GetProperty("content").EnumerateObject().ToList() : [];
        var json = kinds.Where(kind => kind.Name == "application/json").Select(kind => Resolve(document, kind.Value.GetProperty("schema"))).FirstOrDefault();
        return new(HttpMethod.Parse(operation.Name), path, operation.Value.TryGetProperty("x-demands", out var demand) ? demand.GetString() : null,
            [.. kinds.Select(kind => kind.Name)], json.ValueKind == JsonValueKind.Object && json.TryGetProperty("properties", out var members) ? members : null);
    }

    static JsonElement Resolve(JsonElement document, JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
            schema = reference.GetString()!.Split('/').Skip(1).Aggregate(document, (at, name) => at.GetProperty(name));
        return schema;
    }
}
