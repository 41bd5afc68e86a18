using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CallCenter.AppHost.Running;

/// <summary>A service that dies takes its host along; the process must not live on as a gateway before nothing.</summary>
internal static class Crash
{
    /// <summary>Completes when the host stops by itself.</summary>
    public static Task Of(IHost host)
    {
        var stops = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stops.SetResult);
        return stops.Task;
    }

    public static int Tell()
    {
        Console.Error.WriteLine("CallCenter stops: one of its services failed; the log tells why");
        return 1;
    }
}
