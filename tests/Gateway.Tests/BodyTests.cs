using System.Net;
using CallCenter.Gateway.Tests.Fakes;

namespace CallCenter.Gateway.Tests;

/// <summary>Large bodies on their way to an api that may not want them. Each is sent several times: what races is seen once in a while.</summary>
public sealed class BodyTests
{
    const int Times = 10, Large = 5_000_000;

    static ByteArrayContent Body(int length) => new(new byte[length]);

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(RunningGateway.Small / 2)] // in chunks, their heads count too
    public async Task What_is_not_too_large_arrives_whole(int length)
    {
        await using var gateway = await RunningGateway.Start();
        Assert.Equal((HttpStatusCode.OK, $"{length}"), await gateway.Put("/api/v1/small", Body(length)));
        Assert.Equal((HttpStatusCode.OK, $"{length}"), await gateway.Put("/api/v1/small", Unmeasured(length)));
    }

    [Fact]
    public async Task What_is_too_large_is_refused_in_the_apis_own_words()
    {
        await using var gateway = await RunningGateway.Start();
        foreach (var length in new[] { RunningGateway.Small + 1, Large })
            for (var i = 0; i < Times; i++) Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "the api's own words"), await gateway.Put("/api/v1/small", Body(length)));
    }

    [Fact]
    public async Task What_turns_out_to_be_too_large_is_refused_as_that()
    {
        await using var gateway = await RunningGateway.Start();
        for (var i = 0; i < Times; i++) Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await gateway.Put("/api/v1/small", Unmeasured(Large))).Status);
    }

    [Fact]
    public async Task What_nobody_wants_to_read_gets_the_answer_all_the_same()
    {
        await using var gateway = await RunningGateway.Start();
        for (var i = 0; i < Times; i++) Assert.Equal(HttpStatusCode.Forbidden, (await gateway.Put("/api/v1/closed", Body(Large))).Status);
    }

    [Fact]
    public async Task An_api_that_dies_is_told_as_broken_and_nobodys_body_as_too_large()
    {
        await using var gateway = await RunningGateway.Start();
        for (var i = 0; i < Times; i++) Assert.Equal(HttpStatusCode.BadGateway, (await gateway.Put("/api/v1/dies", Body(Large))).Status);
    }

    /// <summary>Its length is told by nobody: it comes in chunks.</summary>
    static StreamContent Unmeasured(int length) => new(new Unseekable(length));

    /// <summary>A stream that ends, but says not where.</summary>
    sealed class Unseekable(int length) : MemoryStream(new byte[length])
    {
        public override bool CanSeek => false;
    }
}
