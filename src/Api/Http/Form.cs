using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CallCenter.Api.Http;

/// <summary>Input that knows its faults; <see cref="FaultFilter"/> refuses it before the handler runs.</summary>
internal interface IChecked
{
    Items<Fault> Faults { get; }
}

/// <summary>
/// A JSON body, read member by member so that every wrong one is named at once. Members of <typeparamref name="T"/> are
/// nullable: one left out keeps its value, which is not the same as null (<see cref="Has"/>).
/// </summary>
internal sealed class Form<T> : IChecked, IEndpointParameterMetadataProvider where T : class
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };
    private readonly HashSet<string> given;

    /// <summary>Wrong members that are told of, and so much of their names: a body that is all wrong has hundreds of thousands.</summary>
    private const int MostFaults = 100, LongestName = 100;

    private Form(T? value, HashSet<string> given, Items<Fault> faults)
    {
        (Content, this.given, Faults) = (value, given, faults);
    }

    private T? Content { get; }
    public Items<Fault> Faults { get; }
    public T Value => Content ?? throw new InvalidOperationException("the body was refused");

    /// <summary>Whether the member stood in the body, if only as null.</summary>
    public bool Has(string member) => given.Contains(member);

    public static async ValueTask<Form<T>?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        if (!http.Request.HasJsonContentType()) return Refused(new Fault("", "The body must be application/json"));
        var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, Strict, http.RequestAborted);
            return Read(document.RootElement, options);
        }
        catch (JsonException) // the text of the exception would tell about our parser, not about the input
        {
            return Refused(new Fault("", "The body is not a JSON document"));
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));

    internal static Form<T> Read(JsonElement root, JsonSerializerOptions options)
    {
        if (root.ValueKind != JsonValueKind.Object) return Refused(new Fault("", "The body must be an object"));
        var members = options.GetTypeInfo(typeof(T)).Properties.ToDictionary(p => p.Name);
        var faults = new List<Fault>();
        var given = new HashSet<string>();
        foreach (var member in root.EnumerateObject())
        {
            if (faults.Count >= MostFaults) break;
            given.Add(member.Name);
            if (members.TryGetValue(member.Name, out var known)) Try(member, known, options, faults);
            else faults.Add(new(member.Name.Length > LongestName ? member.Name[..LongestName] : member.Name, "There is no such member"));
        }
        return faults.Count == 0 ? new(root.Deserialize<T>(options), given, []) : new(null, given, faults.ToItems());
    }

    private static void Try(JsonProperty member, JsonPropertyInfo known, JsonSerializerOptions options, List<Fault> faults)
    {
        if (HoldsNul(member.Value))
        {
            faults.Add(new(member.Name, "The character NUL is in no text"));
            return;
        }
        try
        {
            member.Value.Deserialize(known.PropertyType, options);
        }
        catch (JsonException wrong)
        {
            faults.Add(new(member.Name + (wrong.Path?.TrimStart('$') ?? ""), "This value is not of the right kind"));
        }
    }

    /// <summary>PostgreSQL keeps no text with NUL in it, so that none gets as far as that. Pairs of backslashes stand for themselves.</summary>
    private static bool HoldsNul(JsonElement value) =>
        value.GetRawText() is var text && text.Contains(@"\u0000", StringComparison.Ordinal) && text.Replace(@"\\", "", StringComparison.Ordinal).Contains(@"\u0000", StringComparison.Ordinal);

    private static Form<T> Refused(Fault fault) => new(null, [], [fault]);
}

/// <summary>Refuses a request whose input has faults, all of them at once.</summary>
internal sealed class FaultFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var faults = context.Arguments.OfType<IChecked>().SelectMany(input => input.Faults).ToItems();
        return faults.IsEmpty ? next(context) : ValueTask.FromResult<object?>(Problems.Invalid(faults));
    }
}
