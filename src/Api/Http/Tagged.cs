using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace CallCenter.Api.Http;

/// <summary>A resource with the ETag of its version: 200, 201 if it is new, or 304 if the client has it already.</summary>
internal sealed class Tagged<T>(T value, long version, bool isNew = false) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var tag = Precondition.Tag(version);
        var (request, response) = (httpContext.Request, httpContext.Response);
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "private, no-cache"; // kept, but asked for anew each time
        if (HttpMethods.IsGet(request.Method) && request.Headers.IfNoneMatch == tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        response.StatusCode = isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        return response.WriteAsJsonAsync(value, httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
}
