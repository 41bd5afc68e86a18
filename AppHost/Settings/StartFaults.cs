using CallCenter.Edge;
using CallCenter.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CallCenter.AppHost.Settings;

/// <summary>Every wrong setting of the program and of its roles, before anything is started.</summary>
internal static class StartFaults
{
    public static IReadOnlyList<string> Of(SettingsReader read, StorageOptions storage, IConfiguration configuration) =>
        [.. read.Faults.Concat(new StorageOptionsCheck().Validate(null, storage).Failures ?? []).Concat(OfEdge(configuration)).Select(Plain).Distinct()];

    public static int Tell(IReadOnlyList<string> faults)
    {
        Console.Error.WriteLine($"CallCenter cannot start: {(faults.Count == 1 ? "a setting is" : $"{faults.Count} settings are")} wrong");
        foreach (var fault in faults) Console.Error.WriteLine($"  {fault}");
        return 1;
    }

    private static IEnumerable<string> OfEdge(IConfiguration configuration)
    {
        using var services = new ServiceCollection().AddEdge(configuration).BuildServiceProvider();
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (Exception wrong) when (wrong is OptionsValidationException or AggregateException or InvalidOperationException)
        {
            return Failures(wrong);
        }
    }

    private static IEnumerable<string> Failures(Exception wrong) => wrong switch
    {
        OptionsValidationException options => options.Failures,
        AggregateException several => several.InnerExceptions.SelectMany(Failures),
        _ => [], // a text where a number belongs, which the reader has told already
    };

    /// <summary>The options builder begins each line with this word.</summary>
    private static string Plain(string fault) => fault.StartsWith("Property ", StringComparison.Ordinal) ? fault["Property ".Length..] : fault;
}
