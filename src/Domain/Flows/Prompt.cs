namespace CallCenter.Domain.Flows;

/// <summary>Something to play: a prompt of the tenant or of the product by id, or a text to speak.</summary>
/// <param name="Id">The prompt's id; null if it is a text.</param>
/// <param name="Text">The text to speak; null if it is a prompt.</param>
/// <param name="Language">BCP 47, such as zh-CN or en.</param>
/// <param name="File">The sound of the tenant's own prompt that a call plays under the id; null = the one shipped with the product.</param>
[GenerateSerializer, Immutable, Alias("Prompt")]
public sealed record Prompt([property: Id(0)] string? Id, [property: Id(1)] string? Text, [property: Id(2)] string Language, [property: Id(3)] string? File = null)
{
    public static Prompt Of(string id, string language) => new(id, null, language);
    public static Prompt Say(string text, string language) => new(null, text, language);
}

/// <summary>A flow in one of its versions; a call keeps the one it began with.</summary>
/// <param name="Version">From 1.</param>
[GenerateSerializer, Immutable, Alias("FlowVersion")]
public readonly record struct FlowVersion([property: Id(0)] FlowId Flow, [property: Id(1)] int Version);
