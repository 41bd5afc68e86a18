using System.Globalization;
using System.Text;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Dialogs;

/// <summary>A REFER that was accepted, and the subscription that it made (RFC 3515 §2.4.4): NOTIFY at once, and NOTIFY with the outcome, which ends it. Used on the loop.</summary>
public sealed class Referral
{
    /// <summary>How long the outcome may take; the subscription then ends without one.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    readonly Call call;
    readonly SipLoop loop;
    readonly string subject;
    readonly bool subscribed;
    LoopTimer? expiry;

    /// <summary>Answers with 202.</summary>
    /// <param name="first">No other REFER came in this dialog before: such a one needs no id (§2.4.6).</param>
    public Referral(Call call, ServerTransaction transaction, ReferWish wish, SipLoop loop, bool first)
    {
        (this.call, this.loop, subscribed) = (call, loop, wish.Subscribes);
        subject = first ? "refer" : string.Create(CultureInfo.InvariantCulture, $"refer;id={transaction.Request.CSeq.Number}");
        var answer = call.Reply(transaction, 202);
        transaction.Respond(202, (subscribed ? answer : answer.Header("Refer-Sub"u8, "false"u8)).Finish());
        if (!subscribed) return;
        Notify(100, string.Create(CultureInfo.InvariantCulture, $"active;expires={(int)Longest.TotalSeconds}"));
        expiry = loop.Schedule(Longest, () => Finish(100, "timeout"));
    }

    /// <summary>The outcome was told.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The last NOTIFY; what comes after it means nothing.</summary>
    public void Tell(int status) => Finish(status, "noresource");

    void Finish(int status, string reason)
    {
        if (IsOver) return;
        Close();
        if (subscribed) Notify(status, $"terminated;reason={reason}");
    }

    /// <summary>The dialog is over: nothing more can be told.</summary>
    public void Close()
    {
        IsOver = true;
        if (expiry is not null) loop.Stop(expiry);
    }

    void Notify(int status, string state)
    {
        if (call.IsEnded) return;
        var notify = call.Request(SipMethod.Notify).Header(HeaderName.Event, subject).Header("Subscription-State"u8, Encoding.ASCII.GetBytes(state));
        var body = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"SIP/2.0 {status} {Statuses.Reason(status)}\r\n"));
        call.Send(notify.FinishRequest("message/sipfrag;version=2.0"u8, body), null); // whatever the phone makes of it changes nothing here
    }
}
