using CallCenter.Contracts;
using CallCenter.Kit.Databases;
using CallCenter.Kit.Processes;
using CallCenter.Storage.Blobs;
using CallCenter.Storage.Tests.Postgres;
using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Blobs;

[Trait("Speed", "Slow")]
public sealed class AzureBlobsTests : BlobConformance
{
    private protected override IBlobs Blobs() => Open(PostgresBox.Wait(AzuriteServer.OfProcess).Address, $"t{Guid.NewGuid():n}");

    private static AzureBlobs Open(string address, string container, int? page = null)
    {
        var blobs = new AzureBlobs(AzureAddress.Container(address, container), page);
        blobs.EnsureContainer();
        blobs.EnsureContainer(); // a second start
        return blobs;
    }

    [Fact]
    public async Task A_list_longer_than_a_page_is_whole()
    {
        var blobs = Open((await AzuriteServer.OfProcess).Address, $"t{Guid.NewGuid():n}", page: 3);
        var names = Enumerable.Range(0, 8).Select(i => $"rec/{i:d5}").ToArray();
        foreach (var name in names) await blobs.Write(Acme, name, new byte[] { 1 }, Stop);
        Assert.Equal(names, await blobs.List(Acme, "rec/", Stop));
    }

    [Fact]
    public void A_storage_that_does_not_answer_or_refuses_is_an_outage_that_tells_no_key()
    {
        var server = PostgresBox.Wait(AzuriteServer.OfProcess);
        foreach (var address in new[] { server.Address.Replace($":{server.Port}/", $":{FreePorts.Take()}/", StringComparison.Ordinal), server.Address.Replace(server.Key, Convert.ToBase64String("hunter2"u8), StringComparison.Ordinal) })
        {
            var told = Assert.Throws<StorageOutageException>(() => Open(address, "callcenter")).ToString();
            Assert.DoesNotContain(server.Key, told, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String("hunter2"u8), told, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("hunter2")]
    [InlineData("AccountName=x;hunter2")]
    [InlineData("AccountName=x;AccountKey=hunter2")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=hunter2;EndpointSuffix=core.windows.net")]
    public void A_wrong_connection_string_is_told_without_its_secrets(string address)
    {
        var fault = Assert.Single(new StorageOptionsCheck().Validate(null, new() { AzureBlobs = address }).Failures!);
        Assert.Contains("Blobs:AzureConnectionString", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
    }

    [Theory, InlineData("ab"), InlineData("Recordings"), InlineData("-abc"), InlineData("a--b"), InlineData("abc-"), InlineData("a_b")]
    public void A_container_that_cannot_be_is_told(string name) =>
        Assert.Contains("Blobs:Container", Assert.Single(new StorageOptionsCheck().Validate(null, new() { BlobContainer = name }).Failures!), StringComparison.Ordinal);
}
