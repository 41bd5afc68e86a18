using CallCenter.Sip.Transactions;
using static CallCenter.Sip.Transactions.TransactionActs;
using static CallCenter.Sip.Transactions.TransactionInput;
using static CallCenter.Sip.Transactions.TransactionState;

namespace CallCenter.Sip.Tests.Transactions;

/// <summary>Every state × input of the four machines. A row is: state, input → state, acts, retransmission timer, expiry timer; "=" keeps a timer, "-" stops it, else ms.</summary>
public sealed class MachineTableTests
{
    public delegate TransactionStep Machine(TransactionState state, TransactionInput input, in TransactionSetting with);

    const string InviteClient = """
        Calling    Start           Calling    Send                  500   32000
        Calling    Provisional     Proceeding Deliver               -     -
        Calling    Success         Accepted   Deliver               -     32000
        Calling    Failure         Completed  SendAck,Deliver       -     32000
        Calling    RetransmitTimer Calling    Send                  1000  =
        Calling    ExpiryTimer     Terminated ReportTimeout         -     -
        Calling    TransportError  Terminated ReportTransportError  -     -
        Proceeding Provisional     Proceeding Deliver               -     -
        Proceeding Success         Accepted   Deliver               -     32000
        Proceeding Failure         Completed  SendAck,Deliver       -     32000
        Proceeding ExpiryTimer     Terminated ReportTimeout         -     -
        Completed  Failure         Completed  SendAck               =     =
        Completed  ExpiryTimer     Terminated None                  -     -
        Completed  TransportError  Terminated ReportTransportError  -     -
        Accepted   Success         Accepted   Deliver               =     =
        Accepted   ExpiryTimer     Terminated None                  -     -
        """;

    const string NonInviteClient = """
        Trying     Start           Trying     Send                  500   32000
        Trying     Provisional     Proceeding Deliver               =     =
        Trying     Success         Completed  Deliver               -     5000
        Trying     Failure         Completed  Deliver               -     5000
        Trying     RetransmitTimer Trying     Send                  1000  =
        Trying     ExpiryTimer     Terminated ReportTimeout         -     -
        Trying     TransportError  Terminated ReportTransportError  -     -
        Proceeding Provisional     Proceeding Deliver               =     =
        Proceeding Success         Completed  Deliver               -     5000
        Proceeding Failure         Completed  Deliver               -     5000
        Proceeding RetransmitTimer Proceeding Send                  4000  =
        Proceeding ExpiryTimer     Terminated ReportTimeout         -     -
        Proceeding TransportError  Terminated ReportTransportError  -     -
        Completed  ExpiryTimer     Terminated None                  -     -
        """;

    const string InviteServer = """
        Proceeding Request         Proceeding Send                  =     =
        Proceeding Provisional     Proceeding Send                  =     =
        Proceeding Success         Accepted   Send                  -     32000
        Proceeding Failure         Completed  Send                  500   32000
        Proceeding TransportError  Terminated ReportTransportError  -     -
        Completed  Request         Completed  Send                  =     =
        Completed  RetransmitTimer Completed  Send                  1000  =
        Completed  ExpiryTimer     Terminated ReportTimeout         -     -
        Completed  Ack             Confirmed  None                  -     5000
        Completed  TransportError  Terminated ReportTransportError  -     -
        Confirmed  ExpiryTimer     Terminated None                  -     -
        Accepted   Success         Accepted   Send                  =     =
        Accepted   Ack             Accepted   Deliver               =     =
        Accepted   TransportError  Accepted   ReportTransportError  =     =
        Accepted   ExpiryTimer     Terminated None                  -     -
        """;

    const string NonInviteServer = """
        Trying     Provisional     Proceeding Send                  =     =
        Trying     Success         Completed  Send                  -     32000
        Trying     Failure         Completed  Send                  -     32000
        Proceeding Request         Proceeding Send                  =     =
        Proceeding Provisional     Proceeding Send                  =     =
        Proceeding Success         Completed  Send                  -     32000
        Proceeding Failure         Completed  Send                  -     32000
        Proceeding TransportError  Terminated ReportTransportError  -     -
        Completed  Request         Completed  Send                  =     =
        Completed  TransportError  Terminated ReportTransportError  -     -
        Completed  ExpiryTimer     Terminated None                  -     -
        """;

    [Fact]
    public void Invite_client_does_what_figure_5_and_RFC_6026_say() => Compare(InviteClient, InviteClientMachine.Next, Calling, Proceeding, Completed, Accepted, Terminated);

    [Fact]
    public void Non_invite_client_does_what_figure_6_says() => Compare(NonInviteClient, NonInviteClientMachine.Next, Trying, Proceeding, Completed, Terminated);

    [Fact]
    public void Invite_server_does_what_figure_7_and_RFC_6026_say() => Compare(InviteServer, InviteServerMachine.Next, Proceeding, Completed, Confirmed, Accepted, Terminated);

    [Fact]
    public void Non_invite_server_does_what_figure_8_says() => Compare(NonInviteServer, NonInviteServerMachine.Next, Trying, Proceeding, Completed, Terminated);

    static void Compare(string table, Machine machine, params TransactionState[] states)
    {
        var rows = table.Split('\n').Select(r => r.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToDictionary(c => (c[0], c[1]), c => string.Join(' ', c[2..]));
        foreach (var state in states)
            foreach (var input in Enum.GetValues<TransactionInput>())
            {
                var step = machine(state, input, new(SipTimers.Rfc, Reliable: false, Gap: TimeSpan.FromMilliseconds(500)));
                var expected = rows.GetValueOrDefault((state.ToString(), input.ToString()), $"{state} None = =");
                Assert.Equal((state, input, expected), (state, input, $"{step.State} {step.Acts.ToString().Replace(" ", "", StringComparison.Ordinal)} {Told(step.Retransmit)} {Told(step.Expiry)}"));
            }
    }

    static string Told(TimerChange timer) => !timer.Changes ? "=" : timer.After is { } after ? $"{after.TotalMilliseconds}" : "-";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Over_a_reliable_transport_nothing_is_sent_twice_and_nothing_lingers(bool success)
    {
        var with = new TransactionSetting(SipTimers.Rfc, Reliable: true, TimeSpan.Zero);
        Assert.Null(InviteClientMachine.Next(Calling, Start, with).Retransmit.After);
        Assert.Null(NonInviteClientMachine.Next(Trying, Start, with).Retransmit.After);
        Assert.Null(InviteServerMachine.Next(Proceeding, Failure, with).Retransmit.After);
        Assert.Equal(Terminated, InviteClientMachine.Next(Proceeding, Failure, with).State);
        Assert.Equal(Terminated, NonInviteClientMachine.Next(Trying, success ? Success : Failure, with).State);
        Assert.Equal(Terminated, NonInviteServerMachine.Next(Trying, success ? Success : Failure, with).State);
        Assert.Equal(Terminated, InviteServerMachine.Next(Completed, Ack, with).State);
    }

    [Fact]
    public void Gaps_double_without_bound_for_INVITE_and_up_to_T2_for_the_rest()
    {
        var late = new TransactionSetting(SipTimers.Rfc, false, TimeSpan.FromSeconds(4));
        Assert.Equal(TimeSpan.FromSeconds(8), InviteClientMachine.Next(Calling, RetransmitTimer, late).Retransmit.After);
        Assert.Equal(TimeSpan.FromSeconds(4), NonInviteClientMachine.Next(Trying, RetransmitTimer, late).Retransmit.After);
        Assert.Equal(TimeSpan.FromSeconds(4), InviteServerMachine.Next(Completed, RetransmitTimer, late).Retransmit.After);
    }

    [Fact]
    public void Any_order_of_inputs_ends_within_64_T1_of_the_last_and_never_leaves_the_end()
    {
        Machine[] machines = [InviteClientMachine.Next, NonInviteClientMachine.Next, InviteServerMachine.Next, NonInviteServerMachine.Next];
        TransactionState[] first = [Calling, Trying, Proceeding, Trying];
        var random = new Random(20_260_302);
        for (var run = 0; run < 20_000; run++)
        {
            var which = run % 4;
            var (state, expiry, after) = (first[which], false, false);
            for (var i = 0; i < 12; i++)
            {
                var input = (TransactionInput)random.Next(Enum.GetValues<TransactionInput>().Length);
                var step = machines[which](state, input, new(SipTimers.Rfc, random.Next(2) == 0, TimeSpan.FromMilliseconds(500)));
                if (state == Terminated) Assert.Equal((Terminated, None), (step.State, step.Acts));
                if (step.Expiry.Changes) expiry = step.Expiry.After is { } time && time <= SipTimers.Rfc.Timeout;
                state = step.State;
                after = state is Completed or Confirmed or Accepted;
                Assert.True(!after || expiry, $"seed run {run}: {state} without an end in sight");
            }
        }
    }
}
