using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace CallCenter.Product.Tests.Gates;

/// <summary>Files that are not what they say, or too much of it: refused with a reason, soon, and nobody else waits for that.</summary>
[Trait("Judges", "NoTime")]
public sealed class HostileUploadTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    /// <summary>No refusal takes longer, even while other tests run.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_sound_that_lies_about_itself_is_taken()
    {
        var second = new byte[16_000];
        var wrong = new List<string>();
        foreach (var (what, file) in new (string, byte[])[]
        {
            ("a picture", [0x89, (byte)'P', (byte)'N', (byte)'G', .. second]),
            ("a page", "<html><script>alert(1)</script>"u8.ToArray()),
            ("a head alone", Wav(Format(), Chunk("data", []))),
            ("half a head", Wav(Format())[..20]),
            ("no format", Wav(Chunk("data", second))),
            ("no channels", Wav(Format(channels: 0), Chunk("data", second))),
            ("65,535 channels", Wav(Format(channels: 65_535), Chunk("data", second))),
            ("no rate", Wav(Format(rate: 0), Chunk("data", second))),
            ("a rate of 4 GHz", Wav(Format(rate: uint.MaxValue), Chunk("data", second))),
            ("no bits", Wav(Format(bits: 0), Chunk("data", second))),
            ("a codec that is none", Wav(Format(tag: 0x0161), Chunk("data", second))),
            ("more sound than it holds", Wav(Format(), Chunk("data", second, says: 1_000_000))),
            ("a chunk of 4 GB", Wav(Format(), Chunk("junk", [], says: uint.MaxValue - 1), Chunk("data", second))),
            ("a million empty chunks", Wav([.. Enumerable.Repeat(Chunk("junk", []), 1_000_000)])),
            ("a hundred thousand formats", Wav([.. Enumerable.Repeat(Format(), 100_000)])),
            ("an hour of silence", Wav(Format(rate: 1000, bits: 8), Chunk("data", new byte[3_600_000]))),
            ("too large a file", new byte[11 * 1024 * 1024]),
            ("far too large a file", new byte[40 * 1024 * 1024]),
        })
            await Refuse(HttpMethod.Put, "prompts/hostile/audio", "audio/wav", file, what, wrong);
        Assert.Empty(wrong);
        Assert.DoesNotContain("hostile", (await product.Acme.Get("prompts")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_table_that_bursts_is_taken()
    {
        const string head = "user,name,role\n";
        var wrong = new List<string>();
        foreach (var (what, file) in new (string, byte[])[]
        {
            ("100 MB", new byte[100 * 1024 * 1024]),
            ("a line of 50 MB", Encoding.ASCII.GetBytes(head + new string('a', 50 * 1024 * 1024))),
            ("a line of 3.9 MB", Encoding.ASCII.GetBytes(head + new string('a', 3_900_000))),
            ("a cell of 3.9 MB", Encoding.ASCII.GetBytes(head + $"x,\"{new string('a', 3_900_000)}\",agent\n")),
            ("a quotation that never ends", Encoding.ASCII.GetBytes(head + "x,\"" + string.Concat(Enumerable.Repeat("a,b\n", 900_000)))),
            ("a million columns", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a,", 1_900_000)))),
            ("a million rows", Encoding.ASCII.GetBytes(head + string.Concat(Enumerable.Repeat("a\n", 1_900_000)))),
            ("NULs", Encoding.ASCII.GetBytes(head + "x\0,na\0me,agent\n")),
            ("UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(head + "x,name,agent\n")]),
            ("UTF-32", [0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes(head + "x,name,agent\n")]),
            ("broken GB18030", [.. Encoding.ASCII.GetBytes(head + "x,"), 0x81, 0x20, 0xFF, 0xFF, 0x80]),
            ("half a character of GB18030", [.. Encoding.ASCII.GetBytes(head + "x,"), 0xC0, 0xEE, 0x81]),
            ("nothing", []),
            ("a mark alone", [0xEF, 0xBB, 0xBF]),
        })
            await Refuse(HttpMethod.Post, "users/import?check=true", "text/csv", file, what, wrong);
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task No_document_is_too_deep_or_too_large()
    {
        var wrong = new List<string>();
        foreach (var (what, body) in new (string, string)[]
        {
            ("100,000 lists in each other", new string('[', 100_000)),
            ("100,000 objects in each other", string.Concat(Enumerable.Repeat("{\"a\":", 100_000))),
            ("a name of a million letters", $"{{\"{new string('n', 1_000_000)}\":1}}"),
            ("a number of a million digits", $"{{\"ringSeconds\":{new string('9', 1_000_000)}}}"),
            ("a text of five million letters", $"{{\"name\":\"{new string('x', 5_000_000)}\"}}"),
            ("one member twice", "{\"name\":\"a\",\"name\":\"b\"}"),
            ("not the end of it", "{\"name\":\"a\""),
        })
            await Refuse(HttpMethod.Put, "queues/hostile", "application/json", Encoding.ASCII.GetBytes(body), what, wrong);
        Assert.Empty(wrong);
    }

    /// <summary>A 4xx in good time (or the door shut in the middle of too much), and another request beside it is answered.</summary>
    async Task Refuse(HttpMethod method, string path, string type, byte[] file, string what, List<string> wrong)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            using var request = new HttpRequestMessage(method, $"api/v1/{path}") { Content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(type) } } };
            using var answer = await product.Acme.Http.SendAsync(request, Stop);
            var text = await answer.Content.ReadAsStringAsync(Stop);
            if ((int)answer.StatusCode is not (400 or 413)) wrong.Add($"{what} gave {(int)answer.StatusCode} {text[..Math.Min(text.Length, 200)]}");
            if (text.Length > 100_000) wrong.Add($"{what} was answered with {text.Length} characters");
        }
        catch (HttpRequestException) when (file.Length > 4 * 1024 * 1024)
        {
            // who sends too much is not heard out
        }
        if (Stopwatch.GetElapsedTime(since) > Longest) wrong.Add($"{what} took {Stopwatch.GetElapsedTime(since).TotalSeconds:0} s");
        await product.Acme.Get("session");
    }

    static byte[] Wav(params byte[][] chunks)
    {
        var body = chunks.SelectMany(chunk => chunk).ToArray();
        return [.. "RIFF"u8, .. Number((uint)body.Length + 4), .. "WAVE"u8, .. body];
    }

    static byte[] Format(ushort tag = 1, ushort channels = 1, uint rate = 8000, ushort bits = 16) =>
        Chunk("fmt ", [.. Short(tag), .. Short(channels), .. Number(rate), .. Number(unchecked(rate * 2)), .. Short(2), .. Short(bits)]);

    /// <param name="says">The size that it tells of; null = its own.</param>
    static byte[] Chunk(string id, byte[] body, uint? says = null) => [.. Encoding.ASCII.GetBytes(id), .. Number(says ?? (uint)body.Length), .. body];

    static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    static byte[] Short(ushort value) => [(byte)value, (byte)(value >> 8)];
}
