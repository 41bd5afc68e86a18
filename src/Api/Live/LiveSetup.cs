using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Api.Live;

/// <summary>The live hub's place in the api role.</summary>
internal static class LiveSetup
{
    /// <summary>A client says what it wants to watch, and no more.</summary>
    private const int LongestMessage = 4 * 1024;

    public static IServiceCollection AddLive(this IServiceCollection services, Action<JsonSerializerOptions> words)
    {
        services.AddSignalR(hub => hub.MaximumReceiveMessageSize = LongestMessage).AddJsonProtocol(json => words(json.PayloadSerializerOptions));
        services.AddSingleton<Desk.DeskOffers>();
        services.AddSingleton<LiveFeeds>();
        services.AddHostedService(s => s.GetRequiredService<LiveFeeds>());
        services.AddSingleton<LiveGuests>();
        services.AddHostedService(s => s.GetRequiredService<LiveGuests>());
        return services;
    }

    /// <summary>WebSockets only: the other ways hold a connection by a word in the address.</summary>
    public static void MapLive(this WebApplication app) => app.MapHub<LiveHub>(LiveHub.Pattern, hub => hub.Transports = HttpTransportType.WebSockets);
}
