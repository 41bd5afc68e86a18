using System.Buffers;
using System.Text;
using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Tests.Messages;

public sealed class SipStreamTests
{
    const string Options = "OPTIONS sip:a@h SIP/2.0\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK1\r\nContent-Length: 0\r\n\r\n";
    const string Message = "MESSAGE sip:a@h SIP/2.0\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK2\r\nl : 12\r\nContent-Type: text/plain\r\n\r\nhello\r\n\r\nyou";

    static List<string> Pieces(params string[] parts)
    {
        var found = new List<string>();
        var rest = ReadOnlySequence<byte>.Empty;
        var held = Array.Empty<byte>();
        foreach (var part in parts)
        {
            held = [.. held, .. Encoding.ASCII.GetBytes(part)];
            rest = new(held);
            StreamPiece kind;
            while (!rest.IsEmpty && (kind = SipStream.Cut(ref rest, out var bytes)) != StreamPiece.Incomplete)
            {
                found.Add(kind == StreamPiece.Message ? Encoding.ASCII.GetString(bytes) : kind.ToString());
                if (kind is StreamPiece.NoLength or StreamPiece.TooLarge) return found;
            }
            held = rest.ToArray();
        }
        return found;
    }

    [Fact]
    public void Messages_that_come_in_one_piece_are_cut_apart() => Assert.Equal([Options, Message, Options], Pieces(Options + Message + Options));

    [Fact]
    public void A_message_that_comes_byte_by_byte_is_whole_at_its_last_byte() =>
        Assert.Equal([Message, Options], Pieces([.. (Message + Options).Select(c => c.ToString())]));

    [Fact]
    public void However_a_stream_is_split_the_messages_are_the_same()
    {
        var dice = new Random(7);
        const string text = Options + "\r\n\r\n" + Message + "\r\n\r\n" + Options;
        for (var round = 0; round < 300; round++)
        {
            var parts = new List<string>();
            for (var at = 0; at < text.Length;)
            {
                var length = Math.Min(dice.Next(1, 60), text.Length - at);
                parts.Add(text.Substring(at, length));
                at += length;
            }
            Assert.Equal([Options, Message, Options], Pieces([.. parts]).Where(p => p.Length > 10));
        }
    }

    [Fact]
    public void Two_empty_lines_are_a_ping_and_one_is_nothing() => Assert.Equal(["Ping", Options, "EmptyLine", Options], Pieces("\r\n\r\n" + Options + "\r\n" + Options));

    [Fact]
    public void The_scattered_buffers_of_a_pipe_make_no_difference()
    {
        var bytes = Encoding.ASCII.GetBytes(Message);
        var first = new Link(bytes.AsMemory(0, 70));
        var last = first.Then(bytes.AsMemory(70, 20)).Then(bytes.AsMemory(90));
        var stream = new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        Assert.Equal(StreamPiece.Message, SipStream.Cut(ref stream, out var piece));
        Assert.Equal(Message, Encoding.ASCII.GetString(piece));
        Assert.True(stream.IsEmpty);
    }

    [Theory]
    [InlineData("OPTIONS sip:a@h SIP/2.0\r\nVia: x\r\n\r\n")]
    [InlineData("OPTIONS sip:a@h SIP/2.0\r\nContent-Length: many\r\n\r\n")]
    [InlineData("OPTIONS sip:a@h SIP/2.0\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("OPTIONS sip:a@h SIP/2.0\r\nContent-Length:\r\n\r\n")]
    public void Without_a_length_nobody_knows_where_the_message_ends(string text) => Assert.Equal(["NoLength"], Pieces(text));

    [Theory]
    [InlineData("OPTIONS sip:a@h SIP/2.0\r\nContent-Length: 65536\r\n\r\n")]
    [InlineData("OPTIONS sip:a@h SIP/2.0\r\nContent-Length: 4294967295\r\n\r\n")]
    public void More_than_a_datagram_could_carry_is_too_much(string text) => Assert.Equal(["TooLarge"], Pieces(text));

    [Fact]
    public void A_head_without_end_is_too_much() => Assert.Equal(["TooLarge"], Pieces(new string('a', SipStream.Largest + 1)));

    sealed class Link : ReadOnlySequenceSegment<byte>
    {
        public Link(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Link Then(ReadOnlyMemory<byte> memory)
        {
            var next = new Link(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
