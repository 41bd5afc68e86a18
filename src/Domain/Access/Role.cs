using System.Text.Json.Serialization;

namespace CallCenter.Domain.Access;

/// <summary>What somebody is here for. Stored by number: new ones are added at the end.</summary>
[JsonConverter(typeof(EnumText<Role>))]
public enum Role
{
    Operator, TenantAdmin, DutyManager, QaInspector, Agent,
    /// <summary>An agent who may listen to the others, and does not speak in.</summary>
    Trainee,
    /// <summary>Leads the agents through the day; the tenant's settings are not the leader's.</summary>
    TeamLeader,
    /// <summary>Teaches: listens to calls and recordings, and does not speak in.</summary>
    Trainer,
    /// <summary>Writes the knowledge base.</summary>
    KnowledgeEditor,
    /// <summary>Works off what calls leave behind; needs no seat.</summary>
    BackOfficeHandler,
    /// <summary>Plans who works when.</summary>
    Planner,
    /// <summary>The client firm's own eye: reads the firm's reports, and nothing else.</summary>
    ClientLiaison,
    /// <summary>The operator's: looks after client firms and their numbers.</summary>
    AccountManager,
    /// <summary>The operator's: takes calls of several client firms; in each of them, as long as it is about a call of its own, what the firm's agents are.</summary>
    OperatorAgent,
}

public static class RoleKinds
{
    /// <summary>Whether the role is of the operator's people, and of them only.</summary>
    public static bool IsOperators(this Role role) => role is Role.Operator or Role.AccountManager or Role.OperatorAgent;
}
