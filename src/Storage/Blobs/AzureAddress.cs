using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Storage.Blobs;

namespace CallCenter.Storage.Blobs;

/// <summary>Connection strings of Azure Storage: what the operator says, and what we add.</summary>
internal static partial class AzureAddress
{
    public const string DefaultContainer = "callcenter";

    /// <summary>A call's audio waits in memory meanwhile, so that a storage that is gone is told within seconds.</summary>
    private static readonly TimeSpan Answers = TimeSpan.FromSeconds(10), FirstPause = TimeSpan.FromMilliseconds(200), LongestPause = TimeSpan.FromSeconds(2);
    private const int Retries = 3;

    /// <summary>What is wrong with a setting; null if nothing. The text repeats nothing of it: it holds a key.</summary>
    public static string? Fault(string connectionString)
    {
        try
        {
            _ = new BlobServiceClient(connectionString);
            return connectionString.Contains("AccountKey=", StringComparison.OrdinalIgnoreCase) || connectionString.Contains("SharedAccessSignature=", StringComparison.OrdinalIgnoreCase)
                ? null
                : "has neither AccountKey nor SharedAccessSignature";
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidOperationException)
        {
            return "is not a connection string such as DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…;EndpointSuffix=core.windows.net";
        }
    }

    /// <summary>What is wrong with a container's name; null if nothing.</summary>
    public static string? ContainerFault(string name) =>
        name.Length is >= 3 and <= 63 && ContainerName().IsMatch(name) ? null : "must be 3–63 of a–z, 0–9 and single \"-\" between them";

    public static BlobContainerClient Container(string connectionString, string name)
    {
        var options = new BlobClientOptions();
        options.Retry.Mode = RetryMode.Exponential;
        (options.Retry.MaxRetries, options.Retry.NetworkTimeout, options.Retry.Delay, options.Retry.MaxDelay) = (Retries, Answers, FirstPause, LongestPause);
        options.Diagnostics.IsLoggingContentEnabled = false;
        return new(connectionString, name, options);
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex ContainerName();
}
