using Microsoft.AspNetCore.Http;

namespace CallCenter.Gateway;

/// <summary>A host that is nobody's gets a plain page, but for the paths that answer on every host.</summary>
internal sealed class HostGate(RequestDelegate next, HostDirectory hosts)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (!Routes.OnEveryHost(http.Request.Path))
        {
            if (await hosts.Of(http.Request.Host, http.RequestAborted) is not { } owner)
            {
                await Pages.UnknownHost(http);
                return;
            }
            http.Features.Set(owner);
        }
        await next(http);
    }
}
