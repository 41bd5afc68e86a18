using CallCenter.Contracts.Media;
using CallCenter.Domain.Flows;
using CallCenter.Edge.Speech;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Edge.Tests.Speech;

public sealed class PromptLibraryTests
{
    /// <summary>Fails the first time, by an exception or by silence; then it speaks.</summary>
    sealed class Unwell(Exception? fault) : ISpeech
    {
        int asked;

        public Task<ReadOnlyMemory<byte>?> Speak(string text, string language, CancellationToken stop = default) =>
            asked++ > 0 ? Task.FromResult<ReadOnlyMemory<byte>?>(Wav()) : fault is null ? Task.FromResult<ReadOnlyMemory<byte>?>(null) : throw fault;

        public Items<string> Languages => ["en"];

        /// <summary>20 ms of silence, 16 bit mono at 8 kHz.</summary>
        static byte[] Wav()
        {
            using var bytes = new MemoryStream();
            using var writer = new BinaryWriter(bytes);
            writer.Write("RIFF"u8);
            writer.Write(36 + 320);
            writer.Write("WAVEfmt "u8);
            writer.Write(16);
            writer.Write((short)1);
            writer.Write((short)1);
            writer.Write(8000);
            writer.Write(16_000);
            writer.Write((short)2);
            writer.Write((short)16);
            writer.Write("data"u8);
            writer.Write(320);
            writer.Write(new byte[320]);
            return bytes.ToArray();
        }
    }

    public static readonly TheoryData<string> Faults = ["", "disk", "engine"];

    [Theory, MemberData(nameof(Faults))]
    public async Task A_text_that_could_not_be_spoken_once_is_silence_once_and_tried_again(string kind)
    {
        Exception? fault = kind switch { "disk" => new UnauthorizedAccessException(), "engine" => new InvalidOperationException(), _ => null };
        var library = new PromptLibrary(new(new MemoryBlobs(), new NoCipher()), new Unwell(fault), "nowhere", NullLogger<PromptLibrary>.Instance);
        Items<Prompt> wanted = [Prompt.Say("your place is one", "en-US")];
        Assert.Equal(0, (await library.Find(new("acme"), wanted))[0].Samples);
        Assert.Equal(160, (await library.Find(new("acme"), wanted))[0].Samples);
    }
}
