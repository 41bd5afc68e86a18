using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace CallCenter.Api.Wording;

/// <summary>What problem details hold besides RFC 9457's own members.</summary>
internal static class ProblemSchema
{
    public static void Describe(OpenApiSchema problem)
    {
        problem.Properties ??= new Dictionary<string, IOpenApiSchema>();
        problem.Properties["code"] = Text("What happened, for programs");
        problem.Properties["reason"] = Object("The detail by code, for other languages", ("code", Code()), ("params", Params()));
        problem.Properties["errors"] = new OpenApiSchema { Type = JsonSchemaType.Object, Description = "Sentences by field", AdditionalProperties = List(new OpenApiSchema { Type = JsonSchemaType.String }) };
        problem.Properties["faults"] = List(Object("The same by codes", ("field", Text("The member it concerns; empty: the whole")), ("code", Code()), ("params", Params()), ("text", Text("In English"))));
    }

    private static OpenApiSchema Code() => new()
    {
        Type = JsonSchemaType.String,
        Description = "other: only the sentence tells",
        Enum = [.. FaultCodes.All.Select(one => JsonValue.Create(one.Code)).Append(JsonValue.Create(FaultCodes.Other))],
    };

    private static OpenApiSchema Params() => new() { Type = JsonSchemaType.Object, Description = "What differs from one time to the next, by the names in the sentence", AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static OpenApiSchema List(OpenApiSchema of) => new() { Type = JsonSchemaType.Array, Items = of };

    private static OpenApiSchema Object(string description, params (string Name, OpenApiSchema Schema)[] members) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        Required = members.Select(member => member.Name).ToHashSet(),
        Properties = members.ToDictionary(member => member.Name, member => (IOpenApiSchema)member.Schema),
    };
}
