using CallCenter.Media.Dtls;
using CallCenter.Media.Srtp;

namespace CallCenter.Media.Tests.Dtls;

public sealed class DtlsSessionTests
{
    [Fact]
    public void Both_get_each_others_keys_in_four_flights()
    {
        using var shaken = new Handshake().Run();
        shaken.HaveTheSameKeys();
        Assert.Equal("AES_CM_128_HMAC_SHA1_80", shaken.Server.Keys!.Suite.Name);
        Assert.All(shaken.Seen, s => Assert.InRange(s.Bytes.Length, DtlsRecords.HeaderSize, DtlsSession.Mtu));
    }

    [Fact]
    public void What_one_secures_the_other_opens()
    {
        using var shaken = new Handshake().Run();
        using var sender = new SrtpSender(shaken.Client.Keys!.Suite, shaken.Client.Keys.Ours);
        using var receiver = new SrtpReceiver(shaken.Server.Keys!.Suite, shaken.Server.Keys.Theirs);
        byte[] packet = [0x80, 0, 0, 1, 0, 0, 0, 160, 0, 0, 0, 7, .. new byte[160]];
        Assert.True(sender.TryProtect(packet, new byte[300], out var secured));
        Assert.True(receiver.TryUnprotect(ref secured));
        Assert.Equal(packet, secured);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Any_datagram_may_be_lost_once(int which)
    {
        using var shaken = new Handshake { Line = (n, datagram) => n == which ? [] : [datagram] }.Run();
        shaken.HaveTheSameKeys();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_third_of_the_first_may_be_lost(int seed)
    {
        var dice = new Random(seed);
        using var shaken = new Handshake { Line = (n, datagram) => n < 20 && dice.Next(3) == 0 ? [] : [datagram] }.Run(); // twelve times in vain, and it gives up
        shaken.HaveTheSameKeys();
    }

    [Fact]
    public void Every_datagram_may_come_twice()
    {
        using var shaken = new Handshake { Line = (_, datagram) => [datagram, datagram] }.Run();
        shaken.HaveTheSameKeys();
    }

    [Fact]
    public void Datagrams_may_overtake_each_other()
    {
        byte[]? held = null;
        using var shaken = new Handshake
        {
            Line = (n, datagram) =>
            {
                if (n % 3 == 0 && held is null)
                {
                    held = datagram;
                    return [];
                }
                byte[][] both = held is null ? [datagram] : [datagram, held];
                held = null;
                return both;
            },
        }.Run();
        shaken.HaveTheSameKeys();
    }

    /// <summary>With a post-quantum key share a browser's first word does not fit into one datagram.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_client_hello_may_come_in_pieces_in_any_order(bool reversed)
    {
        using var shaken = new Handshake { Line = (n, datagram) => n > 0 ? [Renumbered(datagram)] : reversed ? Split(datagram).Reverse() : Split(datagram) }.Run();
        shaken.HaveTheSameKeys();
    }

    /// <summary>The first handshake message as two fragments, each a record of its own (RFC 6347 §4.2.3). On a slow machine it was repeated already.</summary>
    static byte[][] Split(byte[] datagram)
    {
        const int Head = DtlsRecords.HeaderSize, MessageHead = 12;
        var record = datagram[..DtlsRecords.Fit(datagram, Head)];
        var body = record.AsSpan(Head + MessageHead);
        var half = body.Length / 2;
        return [Piece(record, body[..half], 0, 0), Piece(record, body[half..], half, 1)];
    }

    static byte[] Piece(byte[] record, ReadOnlySpan<byte> part, int offset, byte sequence)
    {
        byte[] piece = [.. record[..25], .. part];
        piece[10] = sequence;
        (piece[11], piece[12]) = ((byte)((12 + part.Length) >> 8), (byte)(12 + part.Length));
        (piece[19], piece[20], piece[21]) = (0, (byte)(offset >> 8), (byte)offset);
        (piece[22], piece[23], piece[24]) = (0, (byte)(part.Length >> 8), (byte)part.Length);
        return piece;
    }

    /// <summary>The piece too many has taken a number, of which none may come twice.</summary>
    static byte[] Renumbered(byte[] datagram)
    {
        for (var at = 0; at < datagram.Length; at += DtlsRecords.HeaderSize + (datagram[at + 11] << 8) + datagram[at + 12])
            if (datagram[at + 4] == 0) datagram[at + 10]++; // the plain ones, before the change of cipher
        return datagram;
    }

    [Fact]
    public void Who_has_another_certificate_than_was_said_gets_no_keys_and_an_alert()
    {
        using var shaken = new Handshake(serverExpects: Handshake.OfNobody).Run();
        Assert.Equal((DtlsPhase.Failed, DtlsFault.WrongCertificate), (shaken.Server.Phase, shaken.Server.Fault));
        Assert.Equal((DtlsPhase.Failed, DtlsFault.Refused), (shaken.Client.Phase, shaken.Client.Fault)); // by the alert
        Assert.Null(shaken.Server.Keys);
        Assert.Null(shaken.Client.Keys);
    }

    [Fact]
    public void A_client_too_looks_at_whom_it_speaks_to()
    {
        using var shaken = new Handshake(clientExpects: Handshake.OfNobody).Run();
        Assert.Equal(DtlsFault.WrongCertificate, shaken.Client.Fault);
        Assert.Null(shaken.Server.Keys);
    }

    [Fact]
    public void Garbage_does_no_harm_at_any_time()
    {
        var dice = new Random(7);
        byte[] Noise()
        {
            var noise = new byte[dice.Next(1, 300)];
            dice.NextBytes(noise);
            noise[0] = (byte)dice.Next(20, 64);
            return noise;
        }
        using var shaken = new Handshake { Line = (_, datagram) => [Noise(), datagram, Noise()] }.Run();
        for (var i = 0; i < 100; i++) shaken.Server.Feed(Noise());
        shaken.HaveTheSameKeys();
    }

    [Fact]
    public void One_that_failed_on_the_same_thread_spoils_no_other()
    {
        using var good = new Handshake().Run();
        using var bad = new Handshake(serverExpects: Handshake.OfNobody).Run();
        good.Server.Feed(good.Seen[0].Bytes); // an idle read
        good.HaveTheSameKeys();
    }

    [Fact]
    public void A_goodbye_is_heard()
    {
        using var shaken = new Handshake().Run();
        shaken.Client.Close();
        shaken.Move();
        Assert.Equal(DtlsPhase.Closed, shaken.Server.Phase);
    }

    [Fact]
    public void The_last_flight_is_said_again_to_who_asks_for_it()
    {
        using var shaken = new Handshake();
        var isDeaf = true;
        using var late = new Handshake { Line = (_, datagram) => isDeaf && datagram[0] == 20 ? [] : [datagram] };
        late.Run(() => late.Client.Phase != DtlsPhase.Handshaking || late.Seen.Count > 12); // the client's last flight begins with a change of cipher
        isDeaf = false;
        late.Run();
        late.HaveTheSameKeys();
    }

    [Fact]
    public void Who_never_answers_is_given_up()
    {
        using var shaken = new Handshake { Line = (_, _) => [] };
        shaken.Run(() => shaken.Client.Phase == DtlsPhase.Failed);
        Assert.Equal(DtlsFault.NoAnswer, shaken.Client.Fault);
        Assert.InRange(shaken.Seen.Count, 5, 14);
    }

    [Fact]
    public void Records_are_packed_into_datagrams_whole()
    {
        byte[] Record(int length) => [22, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 0, (byte)(length >> 8), (byte)length, .. new byte[length]];
        byte[] three = [.. Record(500), .. Record(600), .. Record(200)];
        Assert.Equal(513 + 613, DtlsRecords.Fit(three, 1200));
        Assert.Equal(513, DtlsRecords.Fit(three, 1000));
        Assert.Equal(three.Length, DtlsRecords.Fit(three, 2000));
        Assert.Equal(513, DtlsRecords.Fit(three, 100)); // alone it goes whole
        Assert.Equal(5, DtlsRecords.Fit(three.AsSpan(0, 5), 1200));
    }
}
