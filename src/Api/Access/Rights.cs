using System.Collections.Frozen;

namespace CallCenter.Api.Access;

/// <summary>What a request touches. Every endpoint names one.</summary>
internal enum Resource { Session, Users, ApiKeys, Agents, Presence, Queues, Live, Numbers, Dialling, Flows, Hours, Extensions, Calls, Conversations, Listening, Recordings, Voicemails, Erasures, Operator }

/// <summary>What a role may do with a resource. To listen to others is to read; to whisper, barge in or take over is to write.</summary>
[Flags]
internal enum Rights
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
internal sealed record Demand(Resource Resource, Rights Right);

/// <summary>The table of roles and resources. What does not stand here is forbidden.</summary>
internal static class RightsTable
{
    private static readonly FrozenDictionary<(Role, Resource), Rights> Table = new Dictionary<(Role, Resource), Rights>
    {
        [(Role.TenantAdmin, Resource.Session)] = Rights.All,
        [(Role.TenantAdmin, Resource.Users)] = Rights.All,
        [(Role.TenantAdmin, Resource.ApiKeys)] = Rights.All,
        [(Role.TenantAdmin, Resource.Agents)] = Rights.All,
        [(Role.TenantAdmin, Resource.Presence)] = Rights.All,
        [(Role.TenantAdmin, Resource.Queues)] = Rights.All,
        [(Role.TenantAdmin, Resource.Live)] = Rights.All,
        [(Role.TenantAdmin, Resource.Numbers)] = Rights.All,
        [(Role.TenantAdmin, Resource.Dialling)] = Rights.All,
        [(Role.TenantAdmin, Resource.Flows)] = Rights.All,
        [(Role.TenantAdmin, Resource.Hours)] = Rights.All,
        [(Role.TenantAdmin, Resource.Voicemails)] = Rights.All,
        [(Role.TenantAdmin, Resource.Extensions)] = Rights.All,
        [(Role.TenantAdmin, Resource.Calls)] = Rights.All,
        [(Role.TenantAdmin, Resource.Conversations)] = Rights.All,
        [(Role.TenantAdmin, Resource.Listening)] = Rights.All,
        [(Role.TenantAdmin, Resource.Recordings)] = Rights.All,
        [(Role.TenantAdmin, Resource.Erasures)] = Rights.Write,
        [(Role.DutyManager, Resource.Session)] = Rights.All,
        [(Role.DutyManager, Resource.Users)] = Rights.Read,
        [(Role.DutyManager, Resource.Agents)] = Rights.Read,
        [(Role.DutyManager, Resource.Presence)] = Rights.All,
        [(Role.DutyManager, Resource.Queues)] = Rights.Read,
        [(Role.DutyManager, Resource.Live)] = Rights.Read,
        [(Role.DutyManager, Resource.Numbers)] = Rights.Read,
        [(Role.DutyManager, Resource.Dialling)] = Rights.Read,
        [(Role.DutyManager, Resource.Flows)] = Rights.Read,
        [(Role.DutyManager, Resource.Hours)] = Rights.Read,
        [(Role.DutyManager, Resource.Voicemails)] = Rights.All,
        [(Role.DutyManager, Resource.Extensions)] = Rights.Read,
        [(Role.DutyManager, Resource.Calls)] = Rights.Read,
        [(Role.DutyManager, Resource.Conversations)] = Rights.All,
        [(Role.DutyManager, Resource.Listening)] = Rights.All,
        [(Role.DutyManager, Resource.Recordings)] = Rights.Read,
        [(Role.QaInspector, Resource.Session)] = Rights.All,
        [(Role.QaInspector, Resource.Calls)] = Rights.Read,
        [(Role.QaInspector, Resource.Recordings)] = Rights.Read,
        [(Role.Agent, Resource.Session)] = Rights.All,
        [(Role.Agent, Resource.Agents)] = Rights.ReadOwn,
        [(Role.Agent, Resource.Presence)] = Rights.Own,
        [(Role.Agent, Resource.Conversations)] = Rights.Own,
        [(Role.Agent, Resource.Voicemails)] = Rights.Own,
        [(Role.Trainee, Resource.Session)] = Rights.All,
        [(Role.Trainee, Resource.Agents)] = Rights.ReadOwn,
        [(Role.Trainee, Resource.Presence)] = Rights.Own,
        [(Role.Trainee, Resource.Conversations)] = Rights.Own,
        [(Role.Trainee, Resource.Listening)] = Rights.Read,
        [(Role.Trainee, Resource.Voicemails)] = Rights.Own,
        [(Role.Operator, Resource.Session)] = Rights.All,
        [(Role.Operator, Resource.Operator)] = Rights.All,
    }.ToFrozenDictionary();

    public static Rights Of(Role role, Resource resource) => Table.GetValueOrDefault((role, resource));

    /// <summary>Whether a role meets a demand. <see cref="Rights.ReadOwn"/> and <see cref="Rights.WriteOwn"/> are met by the full right too.</summary>
    public static bool Meets(Role role, Demand demand)
    {
        var has = Of(role, demand.Resource);
        if (has.HasFlag(Rights.Read)) has |= Rights.ReadOwn;
        if (has.HasFlag(Rights.Write)) has |= Rights.WriteOwn;
        return has.HasFlag(demand.Right);
    }

    /// <summary>Whether the role has no more than its own of this resource.</summary>
    public static bool OnlyOwn(Role role, Resource resource) => (Of(role, resource) & Rights.All) == Rights.None;
}
