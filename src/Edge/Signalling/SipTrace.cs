using System.Text;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Signalling;

/// <summary>The messages of one session. Lives on the loop.</summary>
/// <param name="began">Timestamp of its first message.</param>
sealed class SipTrace(string callId, string peer, DateTimeOffset since, long began)
{
    List<(int After, Step Step)> steps = new(12); // a plain call has ten
    int more;

    public string CallId => callId;
    public long Began { get; } = began;

    /// <summary>Timestamp of the last time it was asked whether it still matters; 0 = never.</summary>
    public long Looked { get; set; }

    /// <summary>Between the 200 to its INVITE and its BYE.</summary>
    public bool Talks { get; private set; }

    /// <param name="after">ms since the first.</param>
    public void Add(in Step step, long after)
    {
        if (step is { Method: SipMethod.Invite, Status: >= 200 and < 300 }) Talks = true;
        else if (step.Method == SipMethod.Bye) Talks = false;
        if (steps.Count < LegSignalling.Most) steps.Add(((int)after, step));
        else more++;
    }

    /// <summary>Asked once: it holds nothing afterwards.</summary>
    public LegSignalling Written()
    {
        var text = new StringBuilder(16 * steps.Count);
        foreach (var (after, step) in steps) LegSignalling.Write(text, after, step.FromUs, Name(step.Method), step.Status, step.Number);
        steps = []; // it stays in a queue for a while
        return new(peer, since, text.ToString(), more);
    }

    static string Name(SipMethod method) => method == SipMethod.Other ? "OTHER" : Encoding.ASCII.GetString(method.Name());

    /// <param name="Status">0 of a request.</param>
    public readonly record struct Step(bool FromUs, SipMethod Method, int Status, uint Number);
}
