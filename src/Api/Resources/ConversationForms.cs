namespace CallCenter.Api.Resources;

/// <summary>What every request about a part in a call may say.</summary>
internal interface IPart
{
    /// <summary>Whose part is meant; null = one's own.</summary>
    AgentId? Agent { get; }

    Items<Fault> Check() => [];
}

internal sealed record PartForm(AgentId? Agent) : IPart;

internal sealed record MuteForm(AgentId? Agent, bool? On) : IPart
{
    public Items<Fault> Check() => On is null ? [new("on", "is missing")] : [];
}

internal sealed record TransferForm(AgentId? Agent, TargetForm? To) : IPart
{
    public Items<Fault> Check() => TargetForm.Check(To, mayBeQueue: true);
}

internal sealed record ConsultForm(AgentId? Agent, TargetForm? To) : IPart
{
    public Items<Fault> Check() => TargetForm.Check(To, mayBeQueue: false);
}

/// <param name="Keys">0–9, *, #, A–D.</param>
internal sealed record KeysForm(AgentId? Agent, string? Keys) : IPart
{
    public Items<Fault> Check() => Keys is null ? [new("keys", "is missing")] : [];
}

/// <param name="Agent">The agent listened to.</param>
/// <param name="As">The agent who listens; null = one's own.</param>
internal sealed record ListenForm(AgentId? Agent, ListenMode? Mode, AgentId? As)
{
    public Items<Fault> Check()
    {
        Items<Fault> faults = [];
        if (Agent is null) faults = faults.Add(new("agent", "is missing"));
        return Mode is null ? faults.Add(new("mode", "is missing")) : faults;
    }
}

internal sealed record FlowTripForm(AgentId? Agent, FlowId? Flow);

/// <param name="Shown">The own number to show; null = the one that the settings say.</param>
/// <param name="AnswerDetection">Judge by the sound whether a person or a machine answers; null = as the settings say.</param>
/// <param name="CustomerOf">Instead of to: the customer of that call, whose number one need not see.</param>
/// <param name="Voicemail">Instead of to: who left that voicemail.</param>
internal sealed record DialForm(TargetForm? To, AgentId? Agent, string? Shown, bool? AnswerDetection, CallId? CustomerOf, string? Voicemail)
{
    public bool RefersToNumber => CustomerOf is not null || !string.IsNullOrEmpty(Voicemail);

    public string? ShownNumber() => Shown is { } shown && PhoneNumber.TryParse(shown, out var number) ? number.Canonical : null;

    public Items<Fault> Check()
    {
        var named = (To is null ? 0 : 1) + (CustomerOf is null ? 0 : 1) + (string.IsNullOrEmpty(Voicemail) ? 0 : 1);
        Items<Fault> faults = named > 1 ? [new("to", "must stand alone, without customerOf and voicemail")] : RefersToNumber ? [] : TargetForm.Check(To, mayBeQueue: false);
        return Shown is not null && ShownNumber() is null ? faults.Add(new("shown", "is not a number")) : faults;
    }
}

/// <summary>Where a conversation goes. Exactly one member is given.</summary>
internal sealed record TargetForm(AgentId? Agent, QueueId? Queue, string? Extension, string? Number)
{
    private const int LongestNumber = 64;

    public CallTarget Target() => new(Agent, Queue, Extension, Number);

    public static Items<Fault> Check(TargetForm? to, bool mayBeQueue)
    {
        if (to is null) return [new("to", "is missing")];
        var named = (to.Agent is null ? 0 : 1) + (to.Queue is null ? 0 : 1) + (string.IsNullOrEmpty(to.Extension) ? 0 : 1) + (string.IsNullOrEmpty(to.Number) ? 0 : 1);
        if (named != 1) return [new("to", mayBeQueue ? "must name one of agent, queue, extension, number" : "must name one of agent, extension, number")];
        if (to.Queue is not null && !mayBeQueue) return [new("to.queue", "cannot be called")];
        if (to.Number is { Length: > LongestNumber }) return [new("to.number", "is too long")];
        return to.Extension is { Length: > 0 } extension && !Domain.Agents.Extension.IsValid(extension) ? [new("to.extension", "must be 1–16 digits")] : [];
    }
}
