using Microsoft.Extensions.Hosting;

namespace CallCenter.AppHost.Running;

/// <summary>Signals are the program's business (<see cref="Signals"/>), not each host's.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
