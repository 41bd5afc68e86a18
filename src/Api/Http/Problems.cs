using CallCenter.Api.Wording;
using Microsoft.AspNetCore.WebUtilities;

namespace CallCenter.Api.Http;

/// <summary>Refusals as problem details (RFC 9457): <c>code</c> for programs, <c>errors</c> by field for forms; <c>reason</c> and <c>faults</c> say the same by codes, for other languages.</summary>
internal static class Problems
{
    public static ProblemHttpResult ToProblem(this Refusal refusal) => Of(refusal.Code, refusal.Detail, refusal.Faults);

    public static ProblemHttpResult Of(RefusalCode code, string detail, Items<Fault> faults = default) =>
        Of(Refusal.Faces[code].Http, Names.Of(code), detail, faults);

    public static ProblemHttpResult NotFound(string what) => Of(RefusalCode.NotFound, $"There is no such {what}");

    public static ProblemHttpResult Invalid(Items<Fault> faults) => Refusal.Invalid(faults).ToProblem();

    public static ProblemHttpResult Invalid(string field, string text) => Invalid([new Fault(field, text)]);

    /// <summary>The same for every reason, and it names no tenant.</summary>
    public static ProblemHttpResult SignInFirst() => Of(StatusCodes.Status401Unauthorized, "notAuthenticated", "Sign in, or send a valid token");

    public static ProblemHttpResult Of(int status, string code, string detail, Items<Fault> faults = default)
    {
        var more = new Dictionary<string, object?> { ["code"] = code, ["reason"] = Worded.Of(detail) };
        if (!faults.IsEmpty)
        {
            more["errors"] = faults.AsEnumerable().GroupBy(f => f.Field).ToDictionary(g => g.Key, g => g.Select(f => f.Text).ToArray());
            more["faults"] = faults.Select(WordedFault.Of).ToArray();
        }
        return TypedResults.Problem(detail, statusCode: status, title: ReasonPhrases.GetReasonPhrase(status), extensions: more);
    }
}
