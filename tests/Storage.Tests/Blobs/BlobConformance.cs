using CallCenter.Storage.Blobs;
using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Blobs;

/// <summary>What every place for blobs does alike.</summary>
public abstract class BlobConformance
{
    /// <summary>Empty, and this test's own.</summary>
    private protected abstract IBlobs Blobs();

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_written_is_read_back_and_can_be_replaced()
    {
        var blobs = Blobs();
        await blobs.Write(Acme, "rec/1/a.seg", new byte[] { 1, 2, 3 }, Stop);
        await blobs.Write(Acme, "rec/1/a.seg", new byte[] { 4 }, Stop);
        Assert.Equal([4], (await blobs.Read(Acme, "rec/1/a.seg", Stop))!.Value.ToArray());
        Assert.Null(await blobs.Read(Acme, "rec/1/b.seg", Stop));
        Assert.Null(await blobs.Read(Globex, "rec/1/a.seg", Stop));
    }

    [Fact]
    public async Task An_empty_file_is_a_file()
    {
        var blobs = Blobs();
        await blobs.Write(Acme, "empty", default, Stop);
        Assert.Equal(0, (await blobs.Read(Acme, "empty", Stop))!.Value.Length);
    }

    [Fact]
    public async Task Names_are_listed_by_prefix_in_order()
    {
        var blobs = Blobs();
        foreach (var name in new[] { "rec/b-2", "rec/b-1", "rec/a/1", "prompt/x" }) await blobs.Write(Acme, name, new byte[] { 1 }, Stop);
        Assert.Equal(["rec/a/1", "rec/b-1", "rec/b-2"], await blobs.List(Acme, "rec/", Stop));
        Assert.Equal(["rec/b-1", "rec/b-2"], await blobs.List(Acme, "rec/b", Stop));
        Assert.Equal(4, (await blobs.List(Acme, "", Stop)).Count);
        Assert.Empty(await blobs.List(Globex, "", Stop));
        Assert.Empty(await blobs.List(Acme, "none/", Stop));
    }

    [Fact]
    public async Task What_is_deleted_is_gone_and_may_be_deleted_again()
    {
        var blobs = Blobs();
        await blobs.Write(Acme, "a", new byte[] { 1 }, Stop);
        await blobs.Delete(Acme, "a", Stop);
        await blobs.Delete(Acme, "a", Stop);
        Assert.Null(await blobs.Read(Acme, "a", Stop));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../globex/a")]
    [InlineData("a/../../globex/a")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData(".hidden")]
    [InlineData("A")]
    [InlineData("a b")]
    [InlineData("a\0")]
    public async Task A_name_that_could_lead_elsewhere_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Blobs().Write(Acme, name, default, Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => Blobs().Read(Acme, name, Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => Blobs().Delete(Acme, name, Stop));
    }

    [Theory, InlineData(".."), InlineData(""), InlineData("a/b")]
    public async Task An_owner_that_is_none_is_refused(string owner) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Blobs().List(new(owner), "", Stop));

    [Fact]
    public async Task Writers_of_one_name_at_once_leave_one_whole_file()
    {
        var blobs = Blobs();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => blobs.Write(Acme, "a", Enumerable.Repeat((byte)i, 100_000).ToArray(), Stop)));
        var content = (await blobs.Read(Acme, "a", Stop))!.Value.ToArray();
        Assert.Equal(100_000, content.Length);
        Assert.Single(content.Distinct());
        Assert.Equal(["a"], await blobs.List(Acme, "", Stop));
    }
}
