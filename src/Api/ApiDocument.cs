using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CallCenter.Api;

/// <summary>What the OpenAPI document says besides paths and schemas: how to sign in, and what each operation demands.</summary>
internal static class ApiDocument
{
    private const string Scheme = "bearer";

    public static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken stop)
    {
        document.Info = new() { Title = "CallCenter", Version = "v1", Description = "Contact center API. A token from POST /api/v1/session or an API key says whose data a request concerns." };
        document.Servers = []; // the address depends on the host by which one comes
        document.Components ??= new();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = Scheme, Description = "A session token or an API key" };
        return Task.CompletedTask;
    }

    /// <summary><c>x-demands</c> names resource and right, so that a test can ask every operation for every role.</summary>
    public static Task DescribeOperation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<TextBody>().FirstOrDefault() is { } body) operation.RequestBody = Text(body.MediaType);
        if (metadata.OfType<SoundMark>().FirstOrDefault() is not null) operation.RequestBody = Sound();
        if (metadata.OfType<Demand>().FirstOrDefault() is not { } demand) return Task.CompletedTask;
        operation.Security = [new() { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
        operation.AddExtension("x-demands", new JsonNodeExtension($"{Names.Of(demand.Resource)}.{Names.Of(demand.Right)}"));
        return Task.CompletedTask;
    }

    private static OpenApiRequestBody Sound() => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType> { [SoundBody.MediaType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } } },
    };

    private static OpenApiRequestBody Text(string mediaType) => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType> { [mediaType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } } },
    };
}
