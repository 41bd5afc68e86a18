using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace CallCenter.Api.Http;

/// <summary>A WAV file in the body; what is in it is for the studio to say. A fault is the field <c>file</c>'s.</summary>
internal sealed class SoundBody : IChecked, IEndpointParameterMetadataProvider
{
    public const string MediaType = "audio/wav";

    /// <summary>Names under which browsers and systems send the same.</summary>
    private static readonly string[] Accepted = [MediaType, "audio/x-wav", "audio/wave", "audio/vnd.wave"];

    private SoundBody(ReadOnlyMemory<byte> file, Items<Fault> faults)
    {
        (File, Faults) = (file, faults);
    }

    public ReadOnlyMemory<byte> File { get; }
    public Items<Fault> Faults { get; }

    public static async ValueTask<SoundBody?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        if (!Accepted.Contains(http.Request.ContentType?.Split(';')[0].Trim(), StringComparer.OrdinalIgnoreCase)) return Refused($"must be sent as {MediaType}");
        if (http.Request.ContentLength > PromptSettings.LargestFile) return Refused(TooLarge);
        using var body = new MemoryStream((int)(http.Request.ContentLength ?? 0));
        var part = new byte[64 * 1024];
        for (int read; (read = await http.Request.Body.ReadAsync(part, http.RequestAborted)) > 0;)
        {
            body.Write(part, 0, read);
            if (body.Length > PromptSettings.LargestFile) return Refused(TooLarge);
        }
        return body.Length == 0 ? Refused("is empty") : new(body.GetBuffer().AsMemory(0, (int)body.Length), []);
    }

    /// <summary>For the OpenAPI document, and for the server, which takes no body so large elsewhere.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new SoundMark());

    private const string TooLarge = "is larger than 10 MB";

    private static SoundBody Refused(string why) => new(default, [new Fault("file", why)]);
}

/// <summary>Says that an operation takes a sound, which may be larger than other bodies.</summary>
internal sealed class SoundMark : IRequestSizeLimitMetadata
{
    /// <summary>A little more than is taken, so that who sends too much is told so.</summary>
    public long? MaxRequestBodySize => PromptSettings.LargestFile + 1024 * 1024;
}
