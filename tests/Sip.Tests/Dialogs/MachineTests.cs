using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Transactions;

namespace CallCenter.Sip.Tests.Dialogs;

/// <summary>Every state × input of the caller's and the answer's machines; a pair without a row changes nothing.</summary>
public sealed class MachineTests
{
    const string Caller = """
        Calling    Progress    Calling    ReportProgress
        Calling    Answer      Answered   Ack,ReportAnswer
        Calling    Refusal     Ended      ReportEnd
        Calling    Failure     Ended      ReportEnd
        Calling    Cancel      Cancelling SendCancel
        Cancelling Answer      Ended      Ack,Bye,ReportEnd
        Cancelling Refusal     Ended      ReportEnd
        Cancelling Failure     Ended      ReportEnd
        Answered   Answer      Answered   Ack,Bye
        Answered   AnswerAgain Answered   AckAgain
        Ended      Answer      Ended      Ack,Bye
        Ended      AnswerAgain Ended      AckAgain
        """;

    [Fact]
    public void The_caller_takes_the_first_answer_and_hangs_up_all_others()
    {
        var rows = Caller.Split('\n').Select(r => r.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToDictionary(c => (c[0], c[1]), c => $"{c[2]} {c[3]}");
        foreach (var state in Enum.GetValues<CallerState>())
            foreach (var input in Enum.GetValues<CallerInput>())
            {
                var step = CallerMachine.Next(state, input);
                Assert.Equal((state, input, rows.GetValueOrDefault((state.ToString(), input.ToString()), $"{state} None")), (state, input, $"{step.State} {step.Acts.ToString().Replace(" ", "", StringComparison.Ordinal)}"));
            }
    }

    [Fact]
    public void An_answer_is_repeated_with_doubling_gaps_up_to_T2_and_ends_with_ACK_or_the_timer()
    {
        var gaps = new List<double>();
        var gap = TimeSpan.Zero;
        var step = AnswerMachine.Next(AnswerState.Unacknowledged, AnswerInput.Answered, new(SipTimers.Rfc, true, gap));
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal((AnswerState.Unacknowledged, AnswerAct.Send), (step.State, step.Act));
            gaps.Add((gap = step.Retransmit.After!.Value).TotalSeconds);
            step = AnswerMachine.Next(step.State, AnswerInput.RetransmitTimer, new(SipTimers.Rfc, true, gap));
        }
        Assert.Equal([0.5, 1, 2, 4, 4, 4], gaps);
        Assert.Equal((AnswerState.Acknowledged, AnswerAct.Confirm), Ends(AnswerInput.Ack));
        Assert.Equal((AnswerState.GivenUp, AnswerAct.GiveUp), Ends(AnswerInput.GiveUpTimer));
    }

    static (AnswerState, AnswerAct) Ends(AnswerInput input)
    {
        var step = AnswerMachine.Next(AnswerState.Unacknowledged, input, new(SipTimers.Rfc, false, TimeSpan.Zero));
        foreach (var later in Enum.GetValues<AnswerInput>())
            Assert.Equal((step.State, AnswerAct.None), AnswerMachine.Next(step.State, later, new(SipTimers.Rfc, false, TimeSpan.Zero)) switch { var s => (s.State, s.Act) });
        return (step.State, step.Act);
    }
}
