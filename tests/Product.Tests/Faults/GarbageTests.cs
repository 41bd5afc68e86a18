using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CallCenter.Kit.Fuzzing;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Sip;
using CallCenter.Sip.Messages;

namespace CallCenter.Product.Tests.Faults;

/// <summary>Spoilt SIP, SDP, RTP and RTCP while calls run: nothing escapes, memory stays, the calls do not notice.</summary>
public sealed class GarbageTests(GarbageTests.SoonForgotten product) : IClassFixture<GarbageTests.SoonForgotten>
{
    /// <summary>T1, ms: a fifth of the usual, for a network that is a loop.</summary>
    const int T1 = 100;

    /// <summary>A product whose transactions live as short as they may.</summary>
    public sealed class SoonForgotten : ProductFixture
    {
        protected override string[] Settings => [.. base.Settings, $"--Sip:T1={T1}"];
    }

    const int Calls = 5, PerPause = 50;

    /// <summary>The first runs every path once (compiled, its pools and buffers made); what the 200,000 after it leave behind is a leak.</summary>
    static readonly (int Sip, int Media) warmUp = (20_000, 10_000), round = (140_000, 60_000);

    /// <summary>Bytes of a datagram.</summary>
    const int Longest = 8000;

    /// <summary>Seconds in which a transaction of UDP is forgotten (timer J, 64·T1), and a little more.</summary>
    const double Forgotten = 64 * T1 / 1000.0 + 2;

    [Fact, Trait("Speed", "Slow")]
    public async Task Two_hundred_thousand_spoilt_messages_disturb_nothing()
    {
        await using var desk = new Desk();
        for (var i = 0; i < Calls; i++) await desk.Talk(product, $"{1001 + 2 * i}");
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var bases = Bases(desk.Pairs.ConvertAll(p => p.Caller));
        var (passed, inDialogs) = (await Passed(), await Counted("callcenter_sip_in_dialog_total"));
        await Round(socket, desk, bases, warmUp, seed: 1);
        var before = await Settled();
        await Round(socket, desk, bases, round, seed: 2);
        var after = await Settled();
        double sent = warmUp.Sip + round.Sip;
        (passed, inDialogs) = ((await Passed() - passed) / sent, (await Counted("callcenter_sip_in_dialog_total") - inDialogs) / sent);
        TestContext.Current.SendDiagnosticMessage($"{passed:p0} passed the start line, {inDialogs:p0} reached a dialog, {before.Resident:f1} MB before, {after.Resident:f1} MB after; of objects {before.Objects:f2} and {after.Objects:f2} MB");
        Assert.InRange(passed, 0.4, 1);
        Assert.InRange(inDialogs, 0.1, 1);
        Assert.InRange(after.Objects, 0, 1.05 * before.Objects);
        Assert.InRange(after.Resident, 0, 1.05 * before.Resident);
        await desk.EndsWell();
        Assert.DoesNotContain("Unhandled exception", product.Product.Process.Output, StringComparison.Ordinal);
    }

    async Task Round(UdpClient socket, Desk desk, List<byte[]> bases, (int Sip, int Media) count, int seed)
    {
        await SendSip(socket, bases, count.Sip, seed);
        await SendMedia(socket, desk, count.Media, seed);
    }

    /// <summary>Messages of which at least the start line was understood.</summary>
    async Task<double> Passed() => await Counted("callcenter_sip_requests_total") + await Counted("callcenter_sip_responses_total") + await Counted("callcenter_sip_malformed_answered_total");

    async Task<double> Counted(string name) => await product.Product.Metric(name) ?? throw new InvalidOperationException($"there is no metric {name}");

    /// <summary>Whole messages: half of them inside the dialogs of the live calls, but with a number that is long past.</summary>
    static List<byte[]> Bases(List<PhoneCall> calls)
    {
        var all = Directory.GetFiles(Path.Combine(Vectors, "rfc4475"), "*.dat").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
        Assert.InRange(all.Count, 40, 60);
        foreach (var method in new[] { "INVITE", "OPTIONS", "REGISTER", "BYE", "CANCEL", "ACK", "INFO", "SUBSCRIBE" })
            for (var i = 0; i < 4; i++) all.Add(Message(method, $"nobody{i}", $"<sip:nobody{i}@127.0.0.1>;tag=g", $"<sip:nobody{i}@127.0.0.1>", 7, Sdp));
        var outside = all.Count;
        for (var i = 0; all.Count < 2 * outside; i++)
        {
            var (call, method) = (calls[i % calls.Count], inDialog[i / calls.Count % inDialog.Length]);
            all.Add(Message(method, call.Id, call.Dialog.Local, call.Dialog.Remote, 1, Sdp));
        }
        return all;
    }

    static readonly string[] inDialog = ["OPTIONS", "ACK", "UPDATE", "INVITE", "BYE", "INFO"];

    /// <summary>A request whose number has grown under the knife may rightly end or move a call: that is no garbage.</summary>
    static bool IsRight(byte[] spoilt) => SipParser.TryParse(spoilt, out var message, out _) && message is SipRequest { Method: SipMethod.Update or SipMethod.Invite or SipMethod.Bye } request
        && !request.To.Tag.IsEmpty && request.CSeq.Number > 1;

    const string Sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0 8 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=sendrecv\r\n";
    const string Branch = "z9hG4bKgarbage";

    static byte[] Message(string method, string id, string from, string to, int number, string body) => Encoding.UTF8.GetBytes(
        $"{method} sip:{Numbers.AcmeMenu[..3]}9999999@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch={Branch}00000000;rport\r\nMax-Forwards: 70\r\nFrom: {from}\r\nTo: {to}\r\n"
        + $"Call-ID: {id}\r\nCSeq: {number} {method}\r\nContact: <sip:garbage@127.0.0.1:9>\r\n{(body.Length > 0 ? "Content-Type: application/sdp\r\n" : "")}Content-Length: {body.Length}\r\n\r\n{body}");

    async Task SendSip(UdpClient socket, List<byte[]> bases, int count, int seed)
    {
        var (mutator, dice) = (new SipMutator(seed), new Random(seed));
        for (var i = 0; i < count; i++)
        {
            var whole = bases[dice.Next(bases.Count)];
            var branch = whole.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Branch));
            if (branch > 0) Encoding.ASCII.GetBytes($"{seed * 1_000_000 + i:d8}", whole.AsSpan(branch + Branch.Length)); // no repetition of another
            byte[] spoilt;
            do spoilt = mutator.Mutate(whole, bases[dice.Next(bases.Count)]);
            while (IsRight(spoilt));
            await socket.SendAsync(spoilt.AsMemory(0, Math.Min(spoilt.Length, Longest)), product.Product.Sip);
            if (i % PerPause == 0) await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>RTP and RTCP to the ports at which the product listens to the live calls, from a stranger's port.</summary>
    static async Task SendMedia(UdpClient socket, Desk desk, int count, int seed)
    {
        var (mutator, dice) = (new ByteMutator(seed), new Random(seed));
        byte[] rtp = [0x80, 0, 0, 1, 0, 0, 0, 160, 0xDE, 0xAD, 0xBE, 0xEF, .. Enumerable.Repeat((byte)0x55, 160)];
        byte[] rtcp = [0x81, 200, 0, 12, 0xDE, 0xAD, 0xBE, 0xEF, .. new byte[44], 0x81, 202, 0, 2, 0xDE, 0xAD, 0xBE, 0xEF, 1, 1, (byte)'x', 0];
        for (var i = 0; i < count; i++)
        {
            var remote = desk.Pairs[dice.Next(desk.Pairs.Count)].Caller.Remote!;
            var control = dice.Next(3) == 0;
            await socket.SendAsync(mutator.Spoil(control ? rtcp : rtp, dice.Next(2)), new IPEndPoint(remote.Address, remote.Port + (control ? 1 : 0)));
            if (i % PerPause == 0) await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>MB that the product holds once it has forgotten every transaction and collected its garbage: objects, and resident memory in all.</summary>
    async Task<(double Objects, double Resident)> Settled()
    {
        await Pause.For(Forgotten);
        var objects = await product.Product.Collect() / (1024.0 * 1024);
        var line = File.ReadLines($"/proc/{product.Product.Process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return (objects, int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0);
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
            await Heard.Begins(rung.Ear, 440, within: 5);
            Pairs.Add((call, rung));
        }

        /// <summary>Both sides of every call hear each other still, and it ends as calls end.</summary>
        public Task EndsWell() => Task.WhenAll(Pairs.Select(EndsWell));

        static async Task EndsWell((PhoneCall Caller, PhoneCall Agent) pair)
        {
            var (caller, agent) = pair;
            Assert.False(caller.HasEnded || agent.HasEnded);
            foreach (var ear in new[] { agent.Ear, caller.Ear }) ear.Forget();
            await Pause.For(1.5);
            await Heard.Tone(agent.Ear, 440);
            await Heard.Tone(caller.Ear, 1000);
            await agent.HangUp();
            Assert.Equal(CallEnd.There, await caller.Ended());
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var phone in phones) await phone.DisposeAsync();
        }
    }
}
