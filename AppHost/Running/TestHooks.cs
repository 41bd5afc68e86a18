#if !ORLEANS_PACKAGES
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace CallCenter.AppHost.Running;

/// <summary>For tests only (<c>Testing:Hooks</c>), on the api's own loopback port: the gateway does not lead here.</summary>
internal static class TestHooks
{
    /// <summary><c>POST /testing/crash</c>: loses what a crash of the silo would lose; answers with the number of activations that were.</summary>
    public static void MapTestHooks(this WebApplication api, IServiceProvider core) =>
        api.MapPost("/testing/crash", () => TypedResults.Ok(core.GetRequiredService<ICrashActivations>().CrashActivations())).ExcludeFromDescription();
}
#endif
