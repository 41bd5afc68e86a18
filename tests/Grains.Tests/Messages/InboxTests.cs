using CallCenter.Grains.Messages;

namespace CallCenter.Grains.Tests.Messages;

public sealed class InboxTests
{
    static readonly Sender Edge = new(SenderKind.Edge, "edge-0", 7);

    readonly Inbox inbox = new();

    List<(Sender From, long UpTo)> Acks()
    {
        var acks = new List<(Sender, long)>();
        inbox.Acknowledge((from, upTo) => acks.Add((from, upTo)));
        return acks;
    }

    [Fact]
    public void A_message_is_taken_in_once()
    {
        Assert.Equal(Intake.New, inbox.Take(Edge, 1));
        Assert.Equal(Intake.Repeated, inbox.Take(Edge, 1));
        Assert.Equal(Intake.New, inbox.Take(Edge, 2));
    }

    [Fact]
    public void A_message_without_a_number_always_passes()
    {
        for (var i = 0; i < 3; i++) Assert.Equal(Intake.New, inbox.Take(Edge, 0));
        Assert.Empty(Acks());
    }

    [Fact]
    public void A_gap_waits_for_what_is_missing()
    {
        Assert.Equal(Intake.Early, inbox.Take(Edge, 2));
        Assert.Equal(Intake.New, inbox.Take(Edge, 1));
        Assert.Equal(Intake.New, inbox.Take(Edge, 2));
    }

    [Fact]
    public void A_later_start_of_a_sender_begins_anew_and_the_earlier_one_is_not_heard_any_more()
    {
        inbox.Take(Edge, 1);
        Assert.Equal(Intake.New, inbox.Take(Edge with { Epoch = 8 }, 1));
        Assert.Equal(Intake.Stale, inbox.Take(Edge, 2));
    }

    [Fact]
    public void Senders_do_not_disturb_each_other()
    {
        inbox.Take(Edge, 1);
        Assert.Equal(Intake.New, inbox.Take(Edge with { Key = "edge-1" }, 1));
        Assert.Equal(Intake.New, inbox.Take(Edge with { Kind = SenderKind.Agent }, 1));
    }

    [Fact]
    public void What_had_a_consequence_is_acknowledged_after_its_commit()
    {
        inbox.Take(Edge, 1);
        var heard = inbox.Heard();
        Assert.Equal([new Heard(Edge, 1)], heard);
        Assert.Empty(Acks());
        inbox.Stored(heard);
        Assert.Equal([(Edge, 1L)], Acks());
    }

    [Fact]
    public void What_had_no_consequence_is_acknowledged_at_once()
    {
        inbox.Take(Edge, 1);
        Assert.Equal([(Edge, 1L)], Acks());
    }

    [Fact]
    public void What_had_no_consequence_waits_for_the_commit_of_what_came_before()
    {
        inbox.Take(Edge, 1);
        var heard = inbox.Heard();
        Acks();
        inbox.Take(Edge, 2);
        Assert.Empty(Acks());
        inbox.Stored(heard);
        Assert.Equal([(Edge, 2L)], Acks());
    }

    [Fact]
    public void Of_two_commits_under_way_each_acknowledges_its_own()
    {
        inbox.Take(Edge, 1);
        var first = inbox.Heard();
        Acks();
        inbox.Take(Edge, 2);
        var second = inbox.Heard();
        Acks();
        inbox.Stored(first);
        Assert.Equal([(Edge, 1L)], Acks());
        inbox.Stored(second);
        Assert.Equal([(Edge, 2L)], Acks());
    }

    [Fact]
    public void A_repeated_message_is_acknowledged_again()
    {
        inbox.Take(Edge, 1);
        inbox.Stored(inbox.Heard());
        Acks();
        inbox.Take(Edge, 1);
        Assert.Equal([(Edge, 1L)], Acks());
    }

    [Fact]
    public void After_a_restart_it_goes_on_from_the_journal()
    {
        inbox.Resume([new(Edge, 3)]);
        Assert.Equal(Intake.Repeated, inbox.Take(Edge, 3));
        Assert.Equal(Intake.New, inbox.Take(Edge, 4));
        Assert.Equal(Intake.Early, inbox.Take(Edge, 6));
    }

    [Fact]
    public void A_turn_names_each_sender_once()
    {
        inbox.Take(Edge, 1);
        inbox.Take(Edge, 2);
        Assert.Equal([new Heard(Edge, 2)], inbox.Heard());
    }

    [Fact]
    public void Who_is_silent_over_two_snapshots_is_forgotten()
    {
        inbox.Take(Edge, 1);
        Acks();
        Assert.Single(inbox.Carry());
        Assert.Single(inbox.Carry());
        Assert.Empty(inbox.Carry());
    }

    [Fact]
    public void What_had_no_consequence_waits_for_a_commit_under_way_whoever_caused_it()
    {
        inbox.Take(Edge, 1);
        var heard = inbox.Heard();
        Acks();
        var agent = Edge with { Kind = SenderKind.Agent };
        inbox.Take(agent, 1);
        Assert.Empty(Acks());
        inbox.Stored(heard);
        Assert.Equal([(agent, 1L), (Edge, 1L)], Acks());
    }

    [Fact]
    public void What_was_acknowledged_before_a_restart_is_not_waited_for()
    {
        inbox.Resume([new(Edge, 3)]);
        inbox.Settle(Edge, 5);
        Assert.Equal(Intake.Repeated, inbox.Take(Edge, 5));
        Assert.Equal(Intake.New, inbox.Take(Edge, 6));
    }

    [Fact]
    public void A_late_letter_takes_nothing_back()
    {
        inbox.Resume([new(Edge, 3)]);
        inbox.Settle(Edge, 1);
        inbox.Settle(Edge with { Epoch = 6 }, 9);
        Assert.Equal(Intake.New, inbox.Take(Edge, 4));
    }
}
