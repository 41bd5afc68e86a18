using System.Globalization;

namespace CallCenter.Domain.Agents;

/// <summary>How long an agent is left alone after an offer that came to nothing, in seconds (0–3600), by cause.</summary>
[GenerateSerializer, Immutable, Alias("RetryDelays")]
public sealed record RetryDelays([property: Id(0)] int Reject, [property: Id(1)] int Busy, [property: Id(2)] int NoAnswer, [property: Id(3)] int Unreachable)
{
    public static readonly RetryDelays Default = new(Reject: 10, Busy: 10, NoAnswer: 5, Unreachable: 10);
}

/// <summary>An agent: a person who takes calls.</summary>
/// <param name="Owner">Who owns the account: a tenant, or the operator for agents who serve several.</param>
/// <param name="User">The account that signs in.</param>
/// <param name="Extension">The SIP extension that is the agent's station; of an agent of the operator its own id, since it talks by a browser.</param>
/// <param name="AutoSignIn">A registered phone signs the agent in and makes it available.</param>
/// <param name="AfterCallSeconds">Length of the after-call work; 0 = none, else up to 3600.</param>
/// <param name="MaxMisses">After so many unanswered offers in a row the agent gets no more; 1–100, 3 by default.</param>
/// <param name="Profiles">Those of the queues that the agent does not serve in the usual way.</param>
/// <param name="Skills">What the agent is good at.</param>
/// <param name="StaffNumber">工号: <see cref="Agents.StaffNumber"/>, the agent's alone among the owner's; null = none.</param>
/// <param name="StaffNumbers">Of an agent of the operator: by which it is known in each firm that it serves.</param>
[GenerateSerializer, Immutable, Alias("AgentSettings")]
public sealed record AgentSettings(
    [property: Id(0)] TenantId Owner, [property: Id(1)] AgentId Agent, [property: Id(2)] string Name, [property: Id(3)] string User, [property: Id(4)] string Extension, [property: Id(5)] bool AutoSignIn, [property: Id(6)] int AfterCallSeconds, [property: Id(7)] int MaxMisses, [property: Id(8)] RetryDelays RetryDelays, [property: Id(9)] Items<QueueRef> Queues, [property: Id(10)] long Version = 0,
    [property: Id(11)] Items<QueueProfile> Profiles = default, [property: Id(12)] Items<SkillLevel> Skills = default, [property: Id(13)] string? StaffNumber = null, [property: Id(14)] Items<FirmStaffNumber> StaffNumbers = default) : ISetting
{
    public string Id => Agent.Value;

    private bool IsOperators => Owner == TenantId.Operator;

    /// <summary>Whether a tenant's contacts may be offered: one's own, or one of whose queues the agent serves.</summary>
    public bool Serves(TenantId tenant)
    {
        if (tenant == Owner) return true;
        foreach (var queue in Queues)
            if (queue.Tenant == tenant) return true;
        return false;
    }

    /// <summary>Contacts of several tenants may be offered, each by a routing of its own.</summary>
    public bool ServesSeveral
    {
        get
        {
            foreach (var queue in Queues)
                if (queue.Tenant != Queues[0].Tenant) return true;
            return false;
        }
    }

    /// <summary>By which the agent is known in a firm; null = by none.</summary>
    public string? StaffNumberIn(TenantId tenant)
    {
        if (tenant == Owner) return StaffNumber;
        foreach (var number in StaffNumbers)
            if (number.Tenant == tenant) return number.Number;
        return null;
    }

    public Items<Fault> Check()
    {
        var faults = new FaultList().Id(Owner.Value, "owner", 32).Id(Id, "id").Name(Name, "name").Id(User, "user").When(IsOperators ? Extension != Id : !Agents.Extension.IsValid(Extension), "extension", "must be 1–16 digits")
            .Range(AfterCallSeconds, 0, 3600, "afterCallSeconds").Range(MaxMisses, 1, 100, "maxMisses")
            .When(StaffNumber is not null && !Agents.StaffNumber.IsValid(StaffNumber), "staffNumber", "must be 1–16 digits or capital letters")
            .When(RetryDelays is null, "retryDelays", "is missing").When(Queues.Count > 1000, "queues", "has more than 1000 entries");
        if (RetryDelays is { } delays)
            faults.Range(delays.Reject, 0, 3600, "retryDelays.reject").Range(delays.Busy, 0, 3600, "retryDelays.busy").Range(delays.NoAnswer, 0, 3600, "retryDelays.noAnswer").Range(delays.Unreachable, 0, 3600, "retryDelays.unreachable");
        for (var i = 0; i < Queues.Count; i++)
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"queues[{i}]");
            faults.Id(Queues[i].Tenant.Value, $"{field}.tenant", 32).Id(Queues[i].Queue.Value, $"{field}.queue")
                .When(!IsOperators && Queues[i].Tenant != Owner, $"{field}.tenant", "is another's: only the operator's agents serve several tenants");
        }
        CheckProfiles(faults);
        CheckNumbers(faults);
        SkillLevel.Check(Skills, "skills", faults);
        return faults.When(new HashSet<QueueRef>(Queues).Count < Queues.Count, "queues", "names a queue twice").Done();
    }

    private void CheckNumbers(FaultList faults)
    {
        var named = new HashSet<TenantId>();
        for (var i = 0; i < StaffNumbers.Count; i++)
        {
            var (path, (tenant, number)) = (string.Create(CultureInfo.InvariantCulture, $"staffNumbers[{i}]"), StaffNumbers[i]);
            faults.When(tenant == Owner || !Serves(tenant), path + ".tenant", "is no firm that this agent serves").When(!named.Add(tenant), path + ".tenant", "is there twice")
                .When(!Agents.StaffNumber.IsValid(number), path + ".number", "must be 1–16 digits or capital letters");
        }
    }

    private void CheckProfiles(FaultList faults)
    {
        var named = new HashSet<QueueRef>();
        for (var i = 0; i < Profiles.Count; i++)
        {
            var (path, profile) = (string.Create(CultureInfo.InvariantCulture, $"profiles[{i}]"), Profiles[i]);
            faults.When(!Queues.Contains(profile.Queue), path + ".queue", "is no queue of this agent").When(!named.Add(profile.Queue), path + ".queue", "is there twice")
                .Range(profile.Priority, QueueProfile.First, QueueProfile.Last, path + ".priority").Range(profile.DelaySeconds, 0, QueueProfile.LongestDelay, path + ".delaySeconds");
        }
    }
}

/// <summary>By which an agent of the operator is known in one firm.</summary>
[GenerateSerializer, Immutable, Alias("FirmStaffNumber")]
public readonly record struct FirmStaffNumber([property: Id(0)] TenantId Tenant, [property: Id(1)] string Number);

/// <summary>A SIP extension of a tenant.</summary>
/// <param name="Id">The extension's number, which is also the digest user name.</param>
/// <param name="Ha1Md5">H(user:realm:password) by MD5 (RFC 7616 §3.4.2), hexadecimal; the realm is the tenant's domain.</param>
/// <param name="Ha1Sha256">The same by SHA-256 (RFC 8760).</param>
/// <param name="Srtp">Whether the audio of calls to its phone is secured.</param>
[GenerateSerializer, Immutable, Alias("ExtensionSettings")]
public sealed record ExtensionSettings([property: Id(0)] TenantId Owner, [property: Id(1)] string Id, [property: Id(2)] AgentId? Agent, [property: Id(3)] Secret Ha1Md5, [property: Id(4)] Secret Ha1Sha256, [property: Id(5)] long Version = 0, [property: Id(6)] SrtpUse Srtp = SrtpUse.Off) : ISetting
{
    public Items<Fault> Check() => new FaultList().Id(Owner.Value, "owner", 32).Extension(Id, "id")
        .When(Agent is { } agent && !IdText.IsValid(agent.Value, 64), "agent", "must be 1–64 of a–z, 0–9 and \"-\"")
        .Hex(Ha1Md5, 32, "password").Hex(Ha1Sha256, 64, "password")
        .When(!Enum.IsDefined(Srtp), "srtp", "is neither off, required nor dtls").Done();
}
