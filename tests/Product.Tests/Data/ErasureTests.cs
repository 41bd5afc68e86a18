using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallCenter.Kit.Processes;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Data;

/// <summary>A person who asks to be forgotten.</summary>
public sealed class ErasureTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task Nothing_of_an_erased_caller_is_left_anywhere_and_the_counts_stay()
    {
        await using var agent = await product.Agent("1001");
        await product.AgentsFree("sales", 1);
        await using var caller = product.Caller();
        await using var other = product.Caller();
        foreach (var phone in new[] { caller, other })
        {
            await (await Talks.With(agent, phone)).HangUp();
            await product.Acme.Record(phone.User);
            await product.AgentsFree("sales", 1);
        }
        var (record, _) = await product.Told(caller);
        var audio = await product.Acme.Recording(record.Recordings[0]);
        Assert.NotEmpty(audio);
        var (before, kept) = (await Refold.Calls(product.Acme), (await product.Told(other)).Record);

        var erased = await Erase(caller.User);
        Assert.Equal(record.Id, Assert.Single(erased.GetProperty("calls").EnumerateArray()).GetString());
        Assert.Empty(erased.GetProperty("goingOn").EnumerateArray());
        Assert.InRange(erased.GetProperty("files").GetInt32(), 2, int.MaxValue);

        Assert.Empty((await product.Acme.Get($"calls?number={caller.User}")).GetProperty("items").EnumerateArray());
        Assert.Equal(HttpStatusCode.NotFound, await product.Acme.Status(HttpMethod.Get, $"recordings/{record.Recordings[0]}"));
        Assert.Equal(before.ConvertAll(c => c.Replace($"\"from\":\"{caller.User}\"", "\"from\":null", StringComparison.Ordinal)), await Refold.Calls(product.Acme));
        Assert.Equal(kept.ToString(), (await product.Told(other)).Record.ToString());
        var facts = await product.Acme.Facts(record.Id);
        Assert.Equal("admin", facts.Value("personErased", "by"));
        Assert.DoesNotContain(caller.User, facts.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(await PlacesWith(Numbers.AcmeSales)); // it finds what is there
        Assert.Empty(await PlacesWith(caller.User));
        Assert.DoesNotContain(caller.User, product.Product.Process.Output, StringComparison.Ordinal);
        await Refold.GivesTheSame(product.Product, product.Acme);
        Assert.Empty(await PlacesWith(caller.User));
    }

    async Task<JsonElement> Erase(string number)
    {
        using var answer = await product.Acme.Http.PostAsJsonAsync("api/v1/erasures", new { number }, TestContext.Current.CancellationToken);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    /// <summary>Files of the data folder, those that the product holds locked too, in which the digits stand, and the database that is no file there.</summary>
    async Task<string[]> PlacesWith(string digits)
    {
        await using var grep = ChildProcess.Start("grep", ["-rlaF", digits, "."], product.Product.Data);
        Assert.InRange(await grep.Exits(TimeSpan.FromSeconds(30)), 0, 1);
        return [.. grep.Lines, .. await product.Product.DatabaseHolds(digits) ? new[] { "database" } : []];
    }
}
