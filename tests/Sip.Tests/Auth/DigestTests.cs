using System.Text;
using CallCenter.Sip.Auth;
using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Tests.Auth;

public sealed class DigestTests
{
    readonly HandClock clock = new();

    static string Compute(DigestAlgorithm algorithm, string user, string realm, string password, string method, string uri, string nonce, string count, string clientNonce, string qop) =>
        DigestResponse.Compute(algorithm, algorithm.Ha1(user, realm, password), new()
        {
            Method = Encoding.UTF8.GetBytes(method),
            Uri = Encoding.UTF8.GetBytes(uri),
            Nonce = Encoding.UTF8.GetBytes(nonce),
            Count = Encoding.UTF8.GetBytes(count),
            ClientNonce = Encoding.UTF8.GetBytes(clientNonce),
            Qop = Encoding.UTF8.GetBytes(qop),
        });

    [Fact] // RFC 2617 §3.5
    public void The_example_of_RFC_2617_comes_out() => Assert.Equal("6629fae49393a05397450978507c4ef1",
        Compute(DigestAlgorithm.Md5, "Mufasa", "testrealm@host.com", "Circle Of Life", "GET", "/dir/index.html", "dcd98b7102dd2f0e8b11d0f600bfb0c093", "00000001", "0a4f113b", "auth"));

    [Theory] // RFC 7616 §3.9.1
    [InlineData(DigestAlgorithm.Md5, "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData(DigestAlgorithm.Sha256, "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    public void The_examples_of_RFC_7616_come_out(DigestAlgorithm algorithm, string response) => Assert.Equal(response,
        Compute(algorithm, "Mufasa", "http-auth@example.org", "Circle of Life", "GET", "/dir/index.html", "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", "00000001", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", "auth"));

    [Fact] // RFC 2069 as RFC 2617 §3.2.2.1 keeps it; the value was computed by hand with openssl
    public void Without_qop_the_count_does_not_enter() => Assert.Equal("670fd8c2df070c60b045671b8b24ff02",
        Compute(DigestAlgorithm.Md5, "Mufasa", "testrealm@host.com", "Circle Of Life", "GET", "/dir/index.html", "dcd98b7102dd2f0e8b11d0f600bfb0c093", "", "", ""));

    const string Realm = "acme.localhost";

    DigestServer Server(int most = 100) => new(new(new byte[32], TimeSpan.FromMinutes(5), clock), most);

    static SipRequest Register(string authorization = "X: y") => A.Request(A.Options(authorization, "REGISTER"));

    static SipResponse Challenge(DigestServer server, bool stale = false) =>
        A.Response(server.Challenge(SipWriter.Response(Register(), 401, "t"u8), Realm, stale).Finish());

    static SipRequest Answer(SipResponse challenge, string password = "demo", uint count = 1, string user = "1001")
    {
        Assert.True(DigestClient.TryAnswer(challenge, "REGISTER"u8, "sip:acme.localhost", new(user, password), "c0ffee", count, out var header, out var value));
        return Register($"{Encoding.ASCII.GetString(header.Text())}: {value}");
    }

    static DigestVerdict Verify(DigestServer server, SipRequest request, string password = "demo")
    {
        Assert.Equal(DigestClaimState.Ready, server.Read(request, Realm, out var claim));
        return server.Verify(claim, request.MethodText, claim.Algorithm.Ha1(claim.User, Realm, password));
    }

    [Fact]
    public void Our_client_and_server_agree_and_prefer_the_stronger_hash()
    {
        var server = Server();
        var request = Answer(Challenge(server));
        Assert.Equal(DigestClaimState.Ready, server.Read(request, Realm, out var claim));
        Assert.Equal((DigestAlgorithm.Sha256, "1001"), (claim.Algorithm, claim.User));
        Assert.Equal(DigestVerdict.Right, Verify(server, request));
    }

    [Fact]
    public void A_wrong_password_is_wrong_and_uses_no_count_up()
    {
        var server = Server();
        var challenge = Challenge(server);
        Assert.Equal(DigestVerdict.Wrong, Verify(server, Answer(challenge, "guess")));
        Assert.Equal(DigestVerdict.Right, Verify(server, Answer(challenge)));
    }

    [Fact]
    public void Credentials_seen_on_the_wire_cannot_be_sent_again()
    {
        var server = Server();
        var request = Answer(Challenge(server));
        Assert.Equal(DigestVerdict.Right, Verify(server, request));
        Assert.Equal(DigestVerdict.Replayed, Verify(server, request));
    }

    [Fact]
    public void Counts_may_overtake_each_other_but_none_serves_twice()
    {
        var server = Server();
        var challenge = Challenge(server);
        foreach (var count in new uint[] { 1, 3, 2, 70, 40 }) Assert.Equal(DigestVerdict.Right, Verify(server, Answer(challenge, count: count)));
        foreach (var count in new uint[] { 1, 2, 3, 5, 40, 70 }) Assert.Equal(DigestVerdict.Replayed, Verify(server, Answer(challenge, count: count)));
        Assert.Equal(DigestVerdict.Right, Verify(server, Answer(challenge, count: 69)));
    }

    [Fact]
    public void An_old_nonce_is_stale_and_says_so()
    {
        var server = Server();
        var request = Answer(Challenge(server));
        clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromMilliseconds(1));
        Assert.Equal(DigestClaimState.Stale, server.Read(request, Realm, out _));
        Assert.True(DigestClient.IsStale(Challenge(server, stale: true)));
        Assert.False(DigestClient.IsStale(Challenge(server)));
    }

    [Fact]
    public void A_forgotten_nonce_counts_as_used()
    {
        var server = Server(most: 2);
        var first = Answer(Challenge(server));
        Assert.Equal(DigestVerdict.Right, Verify(server, first));
        for (var i = 0; i < 2; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(DigestVerdict.Right, Verify(server, Answer(Challenge(server))));
        }
        Assert.Equal(DigestVerdict.Replayed, Verify(server, first));
    }

    [Theory]
    [InlineData("nonce=\"", "nonce=\"0", DigestClaimState.Forged)]
    [InlineData("username=\"1001\"", "username=\"\"", DigestClaimState.Malformed)]
    [InlineData("nc=00000001", "nc=1", DigestClaimState.Malformed)]
    [InlineData("nc=00000001", "nc=00000000", DigestClaimState.Malformed)]
    [InlineData("qop=auth", "qop=auth-int", DigestClaimState.Malformed)]
    [InlineData("realm=\"acme.localhost\"", "realm=\"globex.localhost\"", DigestClaimState.Absent)]
    [InlineData("algorithm=SHA-256", "algorithm=SHA-256-sess", DigestClaimState.Absent)]
    [InlineData("Digest ", "Basic ", DigestClaimState.Absent)]
    public void Credentials_that_are_off_are_told_apart(string good, string bad, DigestClaimState state)
    {
        var server = Server();
        var text = Answer(Challenge(server)).ToString().Replace(good, bad, StringComparison.Ordinal);
        Assert.Equal(state, server.Read(A.Request(text), Realm, out _));
    }

    [Fact]
    public void A_nonce_of_another_key_is_forged()
    {
        var foreign = new DigestServer(new(Encoding.ASCII.GetBytes("another key of 32 bytes, at least"), TimeSpan.FromMinutes(5), clock));
        Assert.Equal(DigestClaimState.Forged, Server().Read(Answer(Challenge(foreign)), Realm, out _));
    }

    [Fact]
    public void A_password_never_shows_in_text() => Assert.DoesNotContain("secret", new DigestCredentials("trunk", "secret").ToString(), StringComparison.Ordinal);
}
