#if !ORLEANS_PACKAGES
using CallCenter.Contracts.Edges;
using CallCenter.Domain.Calls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace CallCenter.AppHost.Running;

/// <summary>For tests only (<c>Testing:Hooks</c>), on the api's own loopback port: the gateway does not lead here.</summary>
internal static class TestHooks
{
    /// <summary><c>POST /testing/crash</c>: loses what a crash of the silo would lose; answers with the number of activations that were.</summary>
    /// <remarks><c>POST /testing/lose-edge/{edge}</c>: loses an edge of this process without a word to anybody. <c>POST /testing/collect</c>: gives back what nothing refers to; answers with the bytes of the heap that are left.</remarks>
    public static void MapTestHooks(this WebApplication api, IServiceProvider core)
    {
        api.MapPost("/testing/crash", () => TypedResults.Ok(core.GetRequiredService<ICrashActivations>().CrashActivations())).ExcludeFromDescription();
        api.MapPost("/testing/lose-edge/{edge}", async Task<IResult> (string edge) =>
            EdgeId.TryParse(edge, null, out var id) && await core.GetRequiredService<IEdges>().Lose(id) ? TypedResults.NoContent() : TypedResults.NotFound()).ExcludeFromDescription();
        api.MapPost("/testing/collect", () => TypedResults.Ok(Collect())).ExcludeFromDescription();
    }

    private static long Collect()
    {
        for (var i = 0; i < 2; i++) // what had a finalizer goes with the second
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        return GC.GetTotalMemory(forceFullCollection: false);
    }
}
#endif
