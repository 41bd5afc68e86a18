using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CallCenter.AppHost.Running;

/// <summary>What the hosts of this process have alike: settings, one line of console log an entry, and no ears for signals.</summary>
internal static class Hosts
{
    /// <summary>Our own start and stop, others' warnings; appsettings.json may say otherwise.</summary>
    private static readonly Dictionary<string, string?> Quiet = new()
    {
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:LogLevel:CallCenter"] = "Information",
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None", // who asks is told; a drain is no error
    };

    /// <summary>Files beside the program, then of the working folder, then environment, then arguments; the last word wins.</summary>
    public static IConfigurationRoot Configuration(string[] args) => new ConfigurationBuilder()
        .Add(new MemoryConfigurationSource { InitialData = Quiet })
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
        .AddJsonFile(Path.Combine(Environment.CurrentDirectory, "appsettings.json"), optional: true)
        .AddEnvironmentVariables()
        .AddCommandLine(args)
        .Build();

    public static HostApplicationBuilder Core(IConfiguration configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = "CallCenter", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddConfiguration(configuration);
        Alike(builder.Services, configuration);
        return builder;
    }

    public static WebApplicationBuilder Web(IConfiguration configuration)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "CallCenter", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddConfiguration(configuration);
        Alike(builder.Services, configuration);
        builder.Services.AddRouting();
        return builder;
    }

    private static void Alike(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IHostLifetime, QuietLifetime>();
        services.AddLogging(logging => logging.AddConfiguration(configuration.GetSection("Logging")).AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat, console.UseUtcTimestamp) = (true, "yyyy-MM-dd HH:mm:ss.fff ", true)));
    }
}
