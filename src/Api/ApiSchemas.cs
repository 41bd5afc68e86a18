using CallCenter.Api.Wording;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CallCenter.Api;

/// <summary>What the framework cannot see of our own JSON converters: lists, ids that are written as text, and facts.</summary>
internal static class ApiSchemas
{
    public static async Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken stop)
    {
        var type = context.JsonTypeInfo.Type;
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Items<>) && schema.Properties is not { Count: > 0 })
        {
            var one = type.GetGenericArguments()[0];
            schema.Type = JsonSchemaType.Array;
            schema.Items = one == typeof(Fact) ? AnyFact() : await context.GetOrCreateSchemaAsync(one, null, stop);
        }
        else if (type == typeof(ProblemDetails)) ProblemSchema.Describe(schema);
        else if (schema.Type is null && schema.Enum is null or { Count: 0 } && IsText(type)) schema.Type = JsonSchemaType.String;
    }

    private static bool IsText(Type type) =>
        type.Assembly == typeof(TenantId).Assembly && type.IsValueType && Array.Exists(type.GetInterfaces(), face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IParsable<>));

    /// <summary>Kinds come with each version, and a client passes over those that it does not know.</summary>
    private static OpenApiSchema AnyFact() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "kind", "at" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["kind"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["at"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
        },
        AdditionalProperties = new OpenApiSchema(),
    };
}
