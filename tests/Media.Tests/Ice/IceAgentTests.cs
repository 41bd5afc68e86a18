using CallCenter.Kit.Fuzzing;
using CallCenter.Media.Ice;
using CallCenter.Media.Stun;

namespace CallCenter.Media.Tests.Ice;

public sealed class IceAgentTests
{
    static readonly IcePath here = ScriptedChecks.Path(1000), there = ScriptedChecks.Path(2000), elsewhere = ScriptedChecks.Path(3000);

    readonly IceAgent agent = new(IceCredentials.Create(), IceTimers.Rfc);
    readonly ScriptedChecks peer;

    public IceAgentTests()
    {
        peer = new(agent);
        agent.Begin(0);
    }

    // Who is answered

    [Fact]
    public void A_check_is_answered_and_selects_nothing()
    {
        Assert.Equal(IceChange.None, peer.Sends(here));
        Assert.True(agent.IsKnown(here));
        Assert.False(agent.IsKnown(there));
        Assert.True(agent.Selected.IsNone);
        Assert.False(agent.MaySend);
    }

    [Fact]
    public void The_first_nominated_path_is_used()
    {
        Assert.Equal(IceChange.Selected, peer.Sends(here, nominates: true));
        Assert.Equal(here, agent.Selected);
        Assert.True(agent.MaySend);
        Assert.Equal(IceChange.None, peer.Sends(here, nominates: true));
    }

    [Fact]
    public void A_connection_is_another_path_than_datagrams_from_the_same_address()
    {
        peer.Sends(here, nominates: true);
        var connected = ScriptedChecks.Path(1000, connection: 7);
        Assert.False(agent.IsKnown(connected));
        peer.Sends(connected);
        Assert.True(agent.IsKnown(connected));
        Assert.Equal(here, agent.Selected);
    }

    [Fact]
    public void A_stranger_is_not_answered_at_all()
    {
        var checks = new Dictionary<string, byte[]>
        {
            ["unsigned"] = peer.Check(nominates: true, signs: false),
            ["empty"] = [],
            ["somebody else's"] = StunSamples.Request,
            ["an answer"] = StunSamples.Answer4,
            ["zero"] = new byte[100],
        };
        var real = peer.Theirs;
        peer.Theirs = real with { Password = IceCredentials.Create().Password };
        checks["signed with another password"] = peer.Check(nominates: true);
        peer.Theirs = real with { Fragment = real.Fragment[1..] };
        checks["for another fragment"] = peer.Check(nominates: true);
        foreach (var (what, check) in checks)
        {
            var (change, answer) = peer.Throws(check, here);
            Assert.True((change, answer.Length) == (IceChange.None, 0), what);
        }
        Assert.False(agent.IsKnown(here));
        Assert.True(agent.Selected.IsNone);
    }

    [Fact]
    public void An_answer_is_no_longer_than_a_browsers_check()
    {
        var check = peer.Check();
        Assert.InRange(peer.Throws(check, here).Answer.Length, 1, check.Length);
    }

    [Fact]
    public void What_must_be_understood_and_is_not_is_refused_by_name()
    {
        var (change, answer) = peer.Throws(peer.Check(nominates: true, unknown: (StunAttribute)0x7777), here);
        Assert.Equal((4, 20, "7777"), Refusal(answer));
        Assert.Equal(IceChange.None, change);
        Assert.False(agent.IsKnown(here));
    }

    [Fact]
    public void What_need_not_be_understood_is_passed_over() =>
        Assert.Equal(IceChange.Selected, peer.Throws(peer.Check(nominates: true, unknown: (StunAttribute)0xC057), here).Change);

    [Fact]
    public void Who_wants_to_be_controlled_is_told_to_take_control()
    {
        var (change, answer) = peer.Throws(peer.Check(nominates: true, controlled: true), here);
        Assert.Equal((4, 87, ""), Refusal(answer));
        Assert.Equal(IceChange.None, change);
        Assert.True(agent.Selected.IsNone);
    }

    static (int Class, int Number, string Unknown) Refusal(byte[] answer)
    {
        Assert.True(StunMessage.TryRead(answer, out var message));
        Assert.Equal(StunType.BindingError, message.Type);
        Assert.True(message.TryFind(StunAttribute.ErrorCode, out var error));
        return (error[2], error[3], message.TryFind(StunAttribute.UnknownAttributes, out var unknown) ? Convert.ToHexString(unknown) : "");
    }

    [Fact]
    public void So_many_unknown_attributes_fit_an_answer_as_are_named()
    {
        var buffer = new byte[400];
        var writer = new StunWriter(buffer, StunType.BindingRequest, new byte[StunMessage.TransactionSize]);
        writer.Add(StunAttribute.Username, System.Text.Encoding.ASCII.GetBytes(agent.Ours.Fragment + ":x"));
        for (var type = 0x7000; type < 0x7020; type++) writer.Add((StunAttribute)type, []);
        writer.Sign(new(System.Text.Encoding.ASCII.GetBytes(agent.Ours.Password)));
        var unknown = Refusal(peer.Throws(buffer[..writer.Length], here).Answer).Unknown;
        Assert.Equal(string.Concat(Enumerable.Range(0x7000, IceCheck.MostUnknown).Select(t => t.ToString("X4"))), unknown);
    }

    [Fact]
    public void The_fragment_of_a_check_is_read_before_anything_is_proved()
    {
        Assert.True(IceCheck.TryTarget(peer.Check(signs: false), out var fragment));
        Assert.Equal(System.Text.Encoding.ASCII.GetBytes(agent.Ours.Fragment), fragment.ToArray());
        Assert.False(IceCheck.TryTarget(StunSamples.Answer4, out _));
        Assert.False(IceCheck.TryTarget([0, 1, 2], out _));
    }

    // Which path is used

    [Fact]
    public void Who_nominates_on_purpose_is_followed_also_to_a_path_of_lower_priority()
    {
        peer.Sends(here, priority: 100);
        peer.Sends(here, nominates: true, priority: 100);
        Assert.Equal(IceChange.Selected, peer.Sends(there, nominates: true, priority: 50));
        Assert.Equal(there, agent.Selected);
        Assert.True(agent.IsKnown(here)); // what it sent there before still comes in
    }

    [Fact]
    public void Who_nominates_with_every_check_is_sent_to_on_the_path_of_the_highest_priority()
    {
        peer.Sends(here, nominates: true, priority: 50);
        Assert.Equal(IceChange.Selected, peer.Sends(there, nominates: true, priority: 100));
        Assert.Equal(IceChange.None, peer.Sends(here, nominates: true, priority: 50));
        Assert.Equal(IceChange.None, peer.Sends(elsewhere, nominates: true, priority: 10));
        Assert.Equal(there, agent.Selected);
    }

    [Fact]
    public void A_path_that_fell_silent_gives_way_to_one_of_lower_priority()
    {
        peer.Sends(there, nominates: true, priority: 100);
        peer.Ms = 4999;
        Assert.Equal(IceChange.None, peer.Sends(here, nominates: true, priority: 50));
        peer.Ms = 5001;
        Assert.Equal(IceChange.Selected, peer.Sends(here, nominates: true, priority: 50));
    }

    [Fact]
    public void A_candidate_that_a_NAT_moved_is_followed_without_a_nomination()
    {
        peer.Sends(here, nominates: true, priority: 100);
        peer.Ms = 6000;
        Assert.Equal(IceChange.None, peer.Sends(elsewhere, priority: 70)); // another candidate
        Assert.Equal(IceChange.Selected, peer.Sends(there, priority: 100));
        Assert.Equal(there, agent.Selected);
    }

    [Fact]
    public void Media_that_still_comes_keeps_its_path_from_giving_way()
    {
        peer.Sends(here, nominates: true, priority: 100);
        peer.Ms = 6000;
        agent.Heard(peer.Now - 20_000_000);
        Assert.Equal(IceChange.None, peer.Sends(there, priority: 100));
    }

    [Fact]
    public void Of_many_paths_the_last_and_the_one_in_use_are_known()
    {
        peer.Sends(here, nominates: true);
        for (var port = 1; port <= 200; port++)
        {
            peer.Ms++;
            peer.Sends(ScriptedChecks.Path(port));
        }
        Assert.Equal(here, agent.Selected);
        Assert.True(agent.IsKnown(here));
        Assert.Equal(KnownPaths.Most - 1, Enumerable.Range(1, 200).Count(port => agent.IsKnown(ScriptedChecks.Path(port))));
        Assert.True(agent.IsKnown(ScriptedChecks.Path(200)));
    }

    // Restart

    [Fact]
    public void After_a_restart_the_former_path_stays_until_another_is_nominated()
    {
        peer.Sends(here, nominates: true);
        var former = peer.Theirs;
        agent.Restart(IceCredentials.Create());
        Assert.NotEqual(former, agent.Ours);
        Assert.Equal(IceChange.None, peer.Sends(here)); // with the former credentials
        peer.Theirs = agent.Ours;
        Assert.Equal(IceChange.None, peer.Sends(there));
        Assert.Equal(here, agent.Selected);
        Assert.Equal(IceChange.Selected, peer.Sends(there, nominates: true, priority: 1));
        Assert.Equal(there, agent.Selected);
        peer.Theirs = former;
        Assert.Empty(peer.Throws(peer.Check(nominates: true), here).Answer);
    }

    [Fact]
    public void A_restart_may_come_back_to_the_same_path()
    {
        peer.Sends(here, nominates: true);
        agent.Restart(IceCredentials.Create());
        peer.Theirs = agent.Ours;
        Assert.Equal(IceChange.Selected, peer.Sends(here, nominates: true));
        Assert.Equal(here, agent.Selected);
    }

    [Fact]
    public void Of_two_restarts_in_a_row_the_last_counts()
    {
        peer.Sends(here, nominates: true);
        agent.Restart(IceCredentials.Create());
        peer.Theirs = agent.Ours;
        agent.Restart(IceCredentials.Create());
        Assert.Empty(peer.Throws(peer.Check(nominates: true), there).Answer);
        peer.Theirs = agent.Ours;
        Assert.Equal(IceChange.Selected, peer.Sends(there, nominates: true));
    }

    // Silence

    [Fact]
    public void Silence_is_told_once_and_so_is_its_end()
    {
        peer.Sends(here, nominates: true);
        Assert.Equal(IceChange.None, agent.Tick(29_999_000_000));
        Assert.Equal(IceChange.Lost, agent.Tick(30_000_000_000));
        Assert.False(agent.MaySend);
        Assert.Equal(IceChange.None, agent.Tick(31_000_000_000));
        peer.Ms = 32_000;
        peer.Sends(here);
        Assert.Equal(IceChange.Resumed, agent.Tick(32_000_000_000));
        Assert.True(agent.MaySend);
        Assert.Equal(IceChange.None, agent.Tick(33_000_000_000));
    }

    [Fact]
    public void Another_path_nominated_ends_the_silence()
    {
        peer.Sends(here, nominates: true);
        agent.Tick(30_000_000_000);
        peer.Ms = 31_000;
        Assert.Equal(IceChange.Selected, peer.Sends(there, nominates: true));
        Assert.True(agent.MaySend);
        Assert.Equal(IceChange.None, agent.Tick(peer.Now));
    }

    [Fact]
    public void Media_is_a_sign_of_life_for_who_checks_no_more()
    {
        peer.Sends(here, nominates: true);
        for (var s = 1; s < 100; s++)
        {
            agent.Heard(s * 1_000_000_000L);
            Assert.Equal(IceChange.None, agent.Tick(s * 1_000_000_000L));
        }
        Assert.True(agent.MaySend);
    }

    [Fact]
    public void A_peer_that_never_comes_is_given_up_from_the_beginning_on()
    {
        var idle = new IceAgent(IceCredentials.Create(), IceTimers.Rfc);
        Assert.Equal(IceChange.None, idle.Tick(100_000_000_000)); // nobody was told of it yet
        idle.Begin(100_000_000_000);
        idle.Begin(120_000_000_000); // a second answer changes nothing
        Assert.Equal(IceChange.None, idle.Tick(129_000_000_000));
        Assert.Equal(IceChange.Lost, idle.Tick(130_000_000_000));
        Assert.Equal(IceChange.None, idle.Tick(131_000_000_000));
        Assert.Equal(IceChange.Selected, new ScriptedChecks(idle) { Ms = 140_000 }.Sends(here, nominates: true));
        Assert.True(idle.MaySend);
    }

    [Fact]
    public void A_check_allocates_nothing()
    {
        var (check, answer) = (peer.Check(nominates: true), new byte[IceAgent.LongestAnswer]);
        for (var i = 0; i < 100; i++) agent.Take(check, here, i, answer);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) agent.Take(check, here, i, answer);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
