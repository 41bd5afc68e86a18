namespace CallCenter.Domain.Access;

/// <summary>What a request touches. Every endpoint names one. What is not named in the <see cref="RightsTable"/> is nobody's.</summary>
public enum Resource
{
    Session, Users, ApiKeys, Agents, Presence, Queues, Live, Numbers, Dialling, Flows, Hours, Prompts, Extensions, Calls, Conversations, Listening, Recordings, Voicemails, Erasures,
    /// <summary>Sign-in policies, and who sees numbers in full.</summary>
    AccessPolicy,
    AuditLog,
    /// <summary>Numbers in full where they are masked, one by one and with a reason.</summary>
    PlainNumbers,
    /// <summary>How the firm looks: name, colours, pictures.</summary>
    Branding,
    /// <summary>The firm's own host names and their certificates.</summary>
    Domains,
    /// <summary>Who leads which agents.</summary>
    Teams,
    /// <summary>Why agents may be not ready or on a break.</summary>
    Reasons,
    /// <summary>Whom one can call, ask and transfer to inside the firm, and what they are doing now.</summary>
    Directory,
    /// <summary>What becomes of calls whose agent is lost.</summary>
    StationRules,
    /// <summary>By what an agent talks, and what it is offered there.</summary>
    Station,
    /// <summary>How the firm's own CRM is opened with a call, and which pages hear of it.</summary>
    Cti,
    /// <summary>Who calls the firm, with names and notes.</summary>
    Customers,
    /// <summary>The same as tables, all at once; and removing one.</summary>
    CustomerTables,
    /// <summary>What calls are counted as, and what agents may say: call types, results, script cards.</summary>
    CallTypes,
    /// <summary>What agents write down of calls.</summary>
    Summaries,
    /// <summary>The operator's: client firms.</summary>
    Tenants,
    /// <summary>The operator's: accounts inside a client firm, such as its first admin.</summary>
    TenantUsers,
    /// <summary>The operator's: the stock of numbers, and whose they are.</summary>
    Stock,
    /// <summary>The operator's: what a client firm may call at the most.</summary>
    Ceilings,
    /// <summary>The operator's: lines to carriers.</summary>
    Trunks,
    /// <summary>The operator's: what holds sockets and media.</summary>
    Edges,
    /// <summary>The operator's: its own people who take calls of client firms.</summary>
    OperatorAgents,
}

/// <summary>What a role may do with a resource. To listen to others is to read; to whisper, barge in or take over is to write.</summary>
[Flags]
public enum Rights
{
    None = 0,
    Read = 1,
    Write = 2,
    /// <summary>Read what is the caller's own.</summary>
    ReadOwn = 4,
    /// <summary>Change what is the caller's own.</summary>
    WriteOwn = 8,
    All = Read | Write,
    Own = ReadOwn | WriteOwn,
}

/// <summary>The right that an endpoint demands, as metadata. An endpoint without it answers nobody.</summary>
public sealed record Demand(Resource Resource, Rights Right);
