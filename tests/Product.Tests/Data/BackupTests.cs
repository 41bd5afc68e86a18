using System.Text.Json;
using CallCenter.Kit.Processes;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Data;

/// <summary>A backup taken while people talk, brought back as another product.</summary>
public sealed class BackupTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task Records_and_recordings_come_back_elsewhere_and_fold_to_the_same()
    {
        using var scratch = new Scratch("backup");
        await using var agent = await product.Agent("1001");
        await product.AgentsFree("sales", 1);
        var talks = new List<(CallRecord Record, byte[] Recording)>();
        for (var i = 0; i < 2; i++)
        {
            await using var caller = product.Caller();
            await (await Talks.With(agent, caller)).HangUp();
            var record = await Whole(caller.User);
            talks.Add((record, await product.Acme.Recording(Assert.Single(record.Recordings))));
            await product.AgentsFree("sales", 1);
        }
        await using var talker = product.Caller();
        var talk = await Talks.With(agent, talker);
        Assert.Contains("is backed up", await product.Product.Run("backup", scratch.File("copy.tar")), StringComparison.Ordinal);
        await talk.HangUp();
        await product.Acme.Record(talker.User);

        await using var restore = RunningProduct.Launch(["restore", scratch.File("copy.tar"), .. await RunningProduct.StorageOf(scratch.File("data"))]);
        Assert.True(await restore.Exits(TimeSpan.FromSeconds(30)) == 0, restore.Output);
        await using var restored = await RunningProduct.Start(scratch.File("data"));
        using var acme = await restored.SignIn();
        foreach (var (record, recording) in talks)
        {
            Assert.Equal(record.ToString(), (await acme.Get($"calls/{record.Id}")).GetRawText());
            Assert.Equal(recording, await acme.Recording(record.Recordings[0]));
        }
        Assert.Equal("platform", (await acme.Record(talker.User)).EndedBy); // it went on when the copy was made
        await Refold.GivesTheSame(restored, acme);
    }

    /// <summary>The record of a talk, with what is told of its sound when both tracks are stored.</summary>
    async Task<CallRecord> Whole(string caller)
    {
        var record = await product.Acme.Record(caller);
        return new(await ProductApi.Until(() => product.Acme.Get($"calls/{record.Id}"),
            call => call.GetProperty("quality").GetArrayLength() == 2 && call.GetProperty("speech") is { ValueKind: JsonValueKind.Object } speech && Stored(speech, "customer") && Stored(speech, "others"),
            "what is told of both tracks", TimeSpan.FromSeconds(10)));
    }

    static bool Stored(JsonElement speech, string side) => speech.GetProperty(side).GetProperty("recorded").GetInt64() > 0;
}
