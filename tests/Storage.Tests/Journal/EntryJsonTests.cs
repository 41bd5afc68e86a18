using System.Text;
using System.Text.Json;
using CallCenter.Storage.Journal;

namespace CallCenter.Storage.Tests.Journal;

public sealed class EntryJsonTests
{
    [Fact]
    public void Who_was_heard_is_written_as_the_serializer_writes_it_and_read_back()
    {
        Items<Heard> heard = [new(new(SenderKind.Edge, "edge-0", 638_000_000_000_000_000), 3), new(new(SenderKind.Agent, "acme/an\"na<é", -1), long.MaxValue)];
        var row = EntryJson.Write(new(1, [], 1, [], 0, heard, false));
        Assert.Equal(JsonSerializer.Serialize(heard.Span.ToArray(), JsonSerializerOptions.Web), Encoding.UTF8.GetString(row.Heard!));
        Assert.Equal(heard, EntryJson.Read(row).Heard);
    }
}
