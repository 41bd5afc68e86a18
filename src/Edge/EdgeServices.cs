using CallCenter.Contracts.Media;
using CallCenter.Edge.Recording;
using CallCenter.Edge.Speech;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CallCenter.Edge;

public static class EdgeServices
{
    /// <summary>The edge role: sections <c>Edge</c>, <c>Sip</c> and <c>Media</c>, checked at start. Needs <see cref="IGrainFactory"/>, <see cref="IBlobs"/>, <see cref="ITenantCipher"/> and <see cref="IDialogStore"/>.</summary>
    public static IServiceCollection AddEdge(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EdgeOptions>().Bind(configuration.GetSection("Edge")).ValidateOnStart();
        services.AddOptions<SipOptions>().Bind(configuration.GetSection("Sip")).ValidateOnStart();
        services.AddOptions<MediaOptions>().Bind(configuration.GetSection("Media")).ValidateOnStart();
        services.AddOptions<TestingOptions>().Bind(configuration.GetSection("Testing"));
        services.AddSingleton<IValidateOptions<EdgeOptions>, EdgeOptionsCheck>();
        services.AddSingleton<IValidateOptions<SipOptions>, SipOptionsCheck>();
        services.AddSingleton<IValidateOptions<MediaOptions>, MediaOptionsCheck>();
        services.AddSingleton<ISpeech, EspeakSpeech>();
        services.AddSingleton<IRecordingReader, RecordingReader>();
        services.AddSingleton<IPromptStudio, PromptStudio>();
        services.AddSingleton<EdgeHost>();
        services.AddSingleton<IEdges>(s => s.GetRequiredService<EdgeHost>());
        services.AddSingleton<IHostedService>(s => s.GetRequiredService<EdgeHost>());
        return services;
    }
}
