using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CallCenter.Kit.Fuzzing;
using CallCenter.Kit.Phones;

namespace CallCenter.Product.Tests;

/// <summary>Spoilt SIP, SDP, RTP and RTCP while calls run: nothing escapes, memory stays, the calls do not notice.</summary>
public sealed class GarbageTests(ProductFixture product) : IClassFixture<ProductFixture>
{
    const int Calls = 5, SipMessages = 140_000, MediaMessages = 60_000, PerPause = 50;

    [Fact, Trait("Speed", "Slow")]
    public async Task Two_hundred_thousand_spoilt_messages_disturb_nothing()
    {
        await using var desk = new Desk();
        for (var i = 0; i < Calls; i++) await desk.Talk(product, $"{1001 + 2 * i}");
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var bases = Bases(desk.Pairs.ConvertAll(p => p.Caller));
        await SendSip(socket, bases, seed: 1, SipMessages / 10); // warms up: pools and tables grow once
        var before = Memory();
        await SendSip(socket, bases, seed: 2, SipMessages - SipMessages / 10);
        await SendMedia(socket, desk, seed: 3);
        await Pause.For(3);
        Assert.InRange(Memory(), 0, 1.05 * before + 8); // MB
        foreach (var (caller, agent) in desk.Pairs)
        {
            Assert.False(caller.HasEnded || agent.HasEnded);
            await Heard.Tone(agent.Ear, 440);
            await Heard.Tone(caller.Ear, 1000);
            await agent.HangUp();
            Assert.Equal(CallEnd.There, await caller.Ended());
        }
        Assert.DoesNotContain("Unhandled exception", product.Product.Process.Output, StringComparison.Ordinal);
    }

    /// <summary>Whole messages: half of them inside the dialogs of the live calls, but with a number that is long past.</summary>
    List<byte[]> Bases(List<PhoneCall> calls)
    {
        var all = new List<byte[]>();
        foreach (var folder in new[] { "rfc4475" })
            all.AddRange(Directory.GetFiles(Path.Combine(Vectors, folder), "*.sip").Order(StringComparer.Ordinal).Select(File.ReadAllBytes));
        foreach (var method in new[] { "INVITE", "OPTIONS", "REGISTER", "BYE", "CANCEL", "ACK", "INFO", "SUBSCRIBE" })
            for (var i = 0; i < 4; i++) all.Add(Encoding.UTF8.GetBytes(Message(method, $"nobody{i}", "4009999999", "", 7)));
        var outside = all.Count;
        for (var i = 0; all.Count < 2 * outside; i++)
        {
            var call = calls[i % calls.Count];
            var method = new[] { "OPTIONS", "INFO", "UPDATE", "NOTIFY", "MESSAGE" }[i / calls.Count % 5];
            all.Add(Encoding.UTF8.GetBytes(Message(method, call.Id, call.Dialog.Local, call.Dialog.Remote, 1)));
        }
        return all;
    }

    string Message(string method, string id, string from, string to, int number)
    {
        var body = $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=sendrecv\r\n";
        var (fromText, toText) = to.Length > 0 ? (from, to) : ($"<sip:{from}@127.0.0.1>;tag=g", $"<sip:{from}@127.0.0.1>");
        return $"{method} sip:{Numbers.AcmeMenu[..3]}9999999@{product.Product.Sip} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKgarbage{id}{method};rport\r\nMax-Forwards: 70\r\nFrom: {fromText}\r\nTo: {toText}\r\n"
            + $"Call-ID: {id}\r\nCSeq: {number} {method}\r\nContact: <sip:garbage@127.0.0.1:9>\r\nContent-Type: application/sdp\r\nContent-Length: {body.Length}\r\n\r\n{body}";
    }

    async Task SendSip(UdpClient socket, List<byte[]> bases, int seed, int count)
    {
        var (mutator, dice) = (new ByteMutator(seed), new Random(seed));
        for (var i = 0; i < count; i++)
        {
            var whole = bases[dice.Next(bases.Count)];
            var startLine = Math.Min(whole.AsSpan().IndexOf((byte)'\n') + 1, whole.Length - 1);
            await socket.SendAsync(mutator.Spoil(whole, dice.Next(2) * startLine), product.Product.Sip);
            if (i % PerPause == 0) await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>RTP and RTCP to the ports at which the product listens to the live calls, from a stranger's port.</summary>
    static async Task SendMedia(UdpClient socket, Desk desk, int seed)
    {
        var (mutator, dice) = (new ByteMutator(seed), new Random(seed));
        byte[] rtp = [0x80, 0, 0, 1, 0, 0, 0, 160, 0xDE, 0xAD, 0xBE, 0xEF, .. Enumerable.Repeat((byte)0x55, 160)];
        byte[] rtcp = [0x81, 200, 0, 12, 0xDE, 0xAD, 0xBE, 0xEF, .. new byte[44], 0x81, 202, 0, 2, 0xDE, 0xAD, 0xBE, 0xEF, 1, 1, (byte)'x', 0];
        for (var i = 0; i < MediaMessages; i++)
        {
            var remote = desk.Pairs[dice.Next(desk.Pairs.Count)].Caller.Remote!;
            var control = dice.Next(3) == 0;
            await socket.SendAsync(mutator.Spoil(control ? rtcp : rtp, dice.Next(2)), new IPEndPoint(remote.Address, remote.Port + (control ? 1 : 0)));
            if (i % PerPause == 0) await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Resident memory of the product, MB.</summary>
    double Memory()
    {
        var line = File.ReadLines($"/proc/{product.Product.Process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }

    static string Vectors
    {
        get
        {
            var parts = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
            return Path.Combine(string.Join(Path.DirectorySeparatorChar, parts[..(Array.LastIndexOf(parts, "bin") - 1)]), "Vectors");
        }
    }

    /// <summary>Callers and agents in conversation.</summary>
    sealed class Desk : IAsyncDisposable
    {
        readonly List<Phone> phones = [];

        public List<(PhoneCall Caller, PhoneCall Agent)> Pairs { get; } = [];

        public async Task Talk(ProductFixture product, string extension)
        {
            var (agent, caller) = (await product.Agent(extension), product.Caller());
            phones.AddRange([agent, caller]);
            var call = caller.Dial(Numbers.AcmeAll);
            await call.Answered();
            var rung = await agent.Rings();
            await rung.Answer();
            call.Ear.SayTone(440);
            rung.Ear.SayTone(1000);
            await Heard.Tone(rung.Ear, 440);
            Pairs.Add((call, rung));
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var phone in phones) await phone.DisposeAsync();
        }
    }
}
