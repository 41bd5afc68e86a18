using CallCenter.Api.Wording;

namespace CallCenter.Api.Tests.Wording;

public sealed class WordedTests
{
    [Theory]
    [InlineData("is missing", "missing", "")]
    [InlineData("The call is over.", "callOver", "")]
    [InlineData("must be 5–300", "outOfRange", "least=5 most=300")]
    [InlineData("must be 5–300, or absent", "outOfRangeOrAbsent", "least=5 most=300")]
    [InlineData("must be 1–64 of a–z, 0–9 and \"-\"", "notId", "longest=64")]
    [InlineData("must be 0 (never) or 10–3600", "neverOrRange", "")]
    [InlineData("There is no such agent", "noSuchAgent", "")]
    [InlineData("There is no such script card", "noSuch", "what=script card")]
    [InlineData("'{x}' is no right of that role", "noRightOfRole", "right={x}")]
    [InlineData("is not made out for a.example, but for b.example, c.example", "certificateName", "host=a.example names=b.example, c.example")]
    [InlineData("QueueSettings sales is at version 3, not 2", "atOtherVersion", "kind=QueueSettings id=sales present=3 expected=2")]
    [InlineData("must be –", "other", "")]
    [InlineData("", "other", "")]
    [InlineData("Nobody has ever said this", "other", "")]
    public void A_sentence_is_known_with_what_stands_in_it(string sentence, string code, string given)
    {
        var (found, with) = Worded.Of(sentence);
        Assert.Equal((code, given), (found, string.Join(' ', with.Select(one => $"{one.Key}={one.Value}"))));
    }

    [Fact]
    public void Every_sentence_is_found_by_itself() =>
        Assert.All(FaultCodes.All, one => Assert.Equal(one.Code, Worded.Of(one.Sentence.Replace('{', '<').Replace('}', '>')).Code));

    [Fact]
    public async Task Problems_tell_codes_beside_the_sentences_and_the_document_names_them_all()
    {
        await using var api = await RunningApi.Start();
        using var admin = await api.SignedIn(A.Acme, "admin");
        var problem = await (await admin.Put("/api/v1/queues/sales", new { name = "", ringSeconds = 301 })).Json();
        Assert.Equal("faults", problem.GetProperty("reason").GetProperty("code").GetString());
        Assert.Equal("2", problem.GetProperty("reason").GetProperty("params").GetProperty("count").GetString());
        var fault = problem.GetProperty("faults").EnumerateArray().Single(one => one.GetProperty("field").GetString() == "ringSeconds");
        Assert.Equal(("outOfRange", "300", "must be 1–300"), (fault.GetProperty("code").GetString(), fault.GetProperty("params").GetProperty("most").GetString(), fault.GetProperty("text").GetString()));
        Assert.Equal("must be 1–300", problem.GetProperty("errors").GetProperty("ringSeconds")[0].GetString());
        var document = await (await admin.Get("/openapi/v1.json")).Json();
        var codes = document.GetProperty("components").GetProperty("schemas").GetProperty("ProblemDetails").GetProperty("properties").GetProperty("reason").GetProperty("properties").GetProperty("code").GetProperty("enum");
        Assert.Equal(FaultCodes.All.Length + 1, codes.GetArrayLength());
    }
}
