using CallCenter.Storage.Blobs;
using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Blobs;

public sealed class FolderBlobsTests : BlobConformance, IDisposable
{
    private readonly DataFolder folder = DataFolder.Empty();

    public void Dispose() => folder.Dispose();

    private protected override IBlobs Blobs() => new FolderBlobs(folder.Path);

    [Fact]
    public async Task What_a_process_that_died_left_unfinished_is_no_blob_and_goes_with_the_next_start()
    {
        var orphan = Path.Combine(folder.Path, ".unfinished", "0123");
        Directory.CreateDirectory(Path.GetDirectoryName(orphan)!);
        await File.WriteAllBytesAsync(orphan, [1], Stop);
        var blobs = new FolderBlobs(folder.Path);
        Assert.Empty(await blobs.List(Acme, "", Stop));
        await blobs.Write(Acme, "a", new byte[] { 1 }, Stop);
        Assert.False(File.Exists(orphan));
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(orphan)!));
    }
}
