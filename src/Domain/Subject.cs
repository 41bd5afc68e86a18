namespace CallCenter.Domain;

/// <summary>What facts are about. The number is stored; never reuse one.</summary>
public enum SubjectKind { Call = 1, Agent = 2, Seat = 3, Tenant = 4, Voicemail = 5, Summary = 6 }

/// <summary>The owner of a line of facts and its name: the journal's key together with a sequence.</summary>
[GenerateSerializer, Immutable, Alias("Subject")]
public readonly record struct Subject([property: Id(0)] SubjectKind Kind, [property: Id(1)] TenantId Owner, [property: Id(2)] string Name)
{
    public static Subject Call(TenantId owner, CallId call) => new(SubjectKind.Call, owner, call.Value);
    public static Subject Agent(TenantId owner, AgentId agent) => new(SubjectKind.Agent, owner, agent.Value);

    /// <param name="voicemail">The call's id and the recording's name inside it, joined by "-".</param>
    public static Subject Voicemail(TenantId owner, string voicemail) => new(SubjectKind.Voicemail, owner, voicemail);

    /// <summary>What an agent wrote down of a call.</summary>
    public static Subject Summary(TenantId owner, CallId call, AgentId agent) => new(SubjectKind.Summary, owner, $"{call}-{agent}");

    public static Subject Tenant(TenantId owner) => new(SubjectKind.Tenant, owner, "tenant");

    /// <summary>The key of the grain that keeps this subject: owner first, so that a filter can compare tenants.</summary>
    public string GrainKey => $"{Owner}/{Name}";

    public override string ToString() => $"{Kind}:{Owner}/{Name}";
}
