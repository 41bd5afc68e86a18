namespace CallCenter.Contracts.Access;

/// <summary>Sends e-mails.</summary>
public interface IMailer
{
    /// <summary>Hands one over; throws <see cref="MailException"/> if nobody takes it now.</summary>
    Task Send(Mail mail, CancellationToken stop = default);
}

/// <param name="Text">Plain text; may hold a link that opens an account: never told to a log.</param>
public sealed record Mail(string To, string Subject, string Text)
{
    public override string ToString() => $"mail '{Subject}'";
}

public sealed class MailException(string message, Exception? inner = null) : Exception(message, inner);
