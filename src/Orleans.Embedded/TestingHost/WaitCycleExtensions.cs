using Microsoft.Extensions.DependencyInjection;
using Orleans.Engine;
using Orleans.Hosting;

namespace Orleans.TestingHost;

/// <summary>For tests of the embedded runtime; Orleans has no such thing.</summary>
public static class WaitCycleExtensions
{
    /// <summary>A call that closes a cycle of grains awaiting each other fails at once with a <see cref="WaitCycleException"/> naming it.</summary>
    public static ISiloBuilder DetectWaitCycles(this ISiloBuilder builder)
    {
        builder.Services.AddSingleton<WaitCycleDetection>();
        return builder;
    }
}
