namespace CallCenter.Domain.Prompts;

/// <summary>A prompt of the tenant's own: what flows play and queues have for music. One with the id of a shipped prompt is played in that one's place.</summary>
/// <param name="Id">1–64 of a–z, 0–9 and "-".</param>
/// <param name="Name">As people write it, such as 国庆放假通知.</param>
/// <param name="Language">BCP 47; what it is spoken in.</param>
/// <param name="Text">What was spoken by the engine; null = it was uploaded.</param>
/// <param name="File">Names its sound: another sound has another name, so that what an edge keeps in memory is never an old one.</param>
/// <param name="DurationMs">Length in ms.</param>
[GenerateSerializer, Immutable, Alias("PromptSettings")]
public sealed record PromptSettings([property: Id(0)] TenantId Owner, [property: Id(1)] string Id, [property: Id(2)] string Name, [property: Id(3)] string Language, [property: Id(4)] string? Text, [property: Id(5)] string File, [property: Id(6)] int DurationMs, [property: Id(7)] long Version = 0) : ISetting
{
    /// <summary>Longest text that is spoken, in characters; the same as in a flow.</summary>
    public const int LongestText = 1000;

    /// <summary>Largest file that is taken, in bytes.</summary>
    public const int LargestFile = 10 * 1024 * 1024;

    /// <summary>Longest sound, in ms.</summary>
    public const int LongestMs = 10 * 60 * 1000;

    public Items<Fault> Check() => new FaultList().Id(Owner.Value, "owner", 32).Id(Id, "id").Name(Name, "name").Language(Language, "language")
        .When(Text is not null && string.IsNullOrWhiteSpace(Text), "text", $"must have 1–{LongestText} characters").Text(Text ?? "", "text", LongestText)
        .Id(File, "file")
        .Range(DurationMs, 1, LongestMs, "durationMs").Done();

    /// <summary>The blob of a sound: a WAV file, sealed with the tenant's key.</summary>
    public static string Blob(string prompt, string file) => $"{Folder(prompt)}{file}.wav";

    /// <summary>What the names of all its sounds begin with.</summary>
    public static string Folder(string prompt) => $"prompts/{prompt}/";
}

/// <summary>The sound that a prompt's id stands for at an instant.</summary>
[GenerateSerializer, Immutable, Alias("PromptFile")]
public readonly record struct PromptFile([property: Id(0)] string Prompt, [property: Id(1)] string File);
