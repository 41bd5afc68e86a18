using System.Collections.Frozen;
using static CallCenter.Domain.Access.Rights;

namespace CallCenter.Domain.Access;

/// <summary>The table of roles and resources. What does not stand here is forbidden, so that a new right is nobody's until it is given.</summary>
public static class RightsTable
{
    private static readonly FrozenDictionary<(Role, Resource), Rights> Table = new[]
    {
        To(Role.TenantAdmin, (Resource.Session, All), (Resource.Users, All), (Resource.ApiKeys, All), (Resource.Agents, All), (Resource.Presence, All), (Resource.Queues, All), (Resource.Live, All),
            (Resource.Numbers, All), (Resource.Dialling, All), (Resource.Flows, All), (Resource.Hours, All), (Resource.Prompts, All), (Resource.Voicemails, All), (Resource.Extensions, All), (Resource.Calls, All),
            (Resource.Conversations, All), (Resource.Listening, All), (Resource.Recordings, All), (Resource.Erasures, All), (Resource.AccessPolicy, All), (Resource.AuditLog, Read), (Resource.PlainNumbers, Read),
            (Resource.Branding, All), (Resource.Domains, All), (Resource.Directory, Read), (Resource.Teams, All), (Resource.Reasons, All), (Resource.StationRules, All),
            (Resource.Customers, All), (Resource.CustomerTables, All), (Resource.CallTypes, All), (Resource.Summaries, All), (Resource.Cti, All)),
        To(Role.DutyManager, (Resource.Session, All), (Resource.Users, Read), (Resource.Agents, Read), (Resource.Presence, All), (Resource.Queues, Read), (Resource.Live, Read), (Resource.Numbers, Read),
            (Resource.Dialling, Read), (Resource.Flows, Read), (Resource.Hours, Read), (Resource.Prompts, Read), (Resource.Voicemails, All), (Resource.Extensions, Read), (Resource.Calls, Read), (Resource.Conversations, All),
            (Resource.Listening, All), (Resource.Recordings, Read), (Resource.PlainNumbers, Read), (Resource.Station, Own), (Resource.Cti, Read), (Resource.Directory, Read), (Resource.Teams, Read), (Resource.Reasons, Read), (Resource.StationRules, Read),
            (Resource.Customers, Read), (Resource.CallTypes, Read), (Resource.Summaries, Read)),
        To(Role.TeamLeader, (Resource.Session, All), (Resource.Agents, Read), (Resource.Presence, All), (Resource.Queues, Read), (Resource.Live, Read), (Resource.Hours, Read), (Resource.Voicemails, All),
            (Resource.Extensions, Read), (Resource.Calls, Read), (Resource.Conversations, All), (Resource.Listening, All), (Resource.Recordings, Read), (Resource.PlainNumbers, Read), (Resource.Station, Own), (Resource.Cti, Read), (Resource.Directory, Read), (Resource.Teams, Read), (Resource.Reasons, Read),
            (Resource.Customers, Read), (Resource.CallTypes, Read), (Resource.Summaries, Read)),
        To(Role.QaInspector, (Resource.Session, All), (Resource.Calls, Read), (Resource.Recordings, Read), (Resource.Customers, Read), (Resource.CallTypes, Read), (Resource.Summaries, Read)),
        To(Role.Trainer, (Resource.Session, All), (Resource.Agents, Read), (Resource.Calls, Read), (Resource.Recordings, Read), (Resource.Listening, Read)),
        To(Role.Agent, (Resource.Session, All), (Resource.Agents, ReadOwn), (Resource.Presence, Own), (Resource.Calls, ReadOwn), (Resource.Conversations, Own), (Resource.Voicemails, Own), (Resource.Station, Own), (Resource.Cti, Read), (Resource.Directory, Read), (Resource.Reasons, Read),
            (Resource.Customers, All), (Resource.CallTypes, Read), (Resource.Summaries, Own)),
        To(Role.Trainee, (Resource.Session, All), (Resource.Agents, ReadOwn), (Resource.Presence, Own), (Resource.Calls, ReadOwn), (Resource.Conversations, Own), (Resource.Listening, Read), (Resource.Voicemails, Own), (Resource.Station, Own), (Resource.Cti, Read), (Resource.Directory, Read), (Resource.Reasons, Read),
            (Resource.Customers, All), (Resource.CallTypes, Read), (Resource.Summaries, Own)),
        To(Role.BackOfficeHandler, (Resource.Session, All), (Resource.Calls, Read), (Resource.Voicemails, All)),
        To(Role.Planner, (Resource.Session, All), (Resource.Agents, Read), (Resource.Queues, Read), (Resource.Live, Read), (Resource.Hours, Read)),
        To(Role.KnowledgeEditor, (Resource.Session, All)), // what they work on has no endpoints yet
        To(Role.ClientLiaison, (Resource.Session, All)),
        To(Role.Operator, (Resource.Session, All), (Resource.Users, All), (Resource.AccessPolicy, All), (Resource.AuditLog, Read),
            (Resource.Tenants, All), (Resource.TenantUsers, All), (Resource.Stock, All), (Resource.Ceilings, All), (Resource.Trunks, All), (Resource.Edges, All), (Resource.Branding, All), (Resource.OperatorAgents, All)),
        To(Role.AccountManager, (Resource.Session, All), (Resource.Tenants, All), (Resource.Stock, All), (Resource.Ceilings, Read), (Resource.OperatorAgents, Read)),
        To(Role.OperatorAgent, (Resource.Session, All), (Resource.Agents, ReadOwn), (Resource.Presence, Own), (Resource.Station, Own), (Resource.Reasons, Read),
            (Resource.Calls, ReadOwn), (Resource.Conversations, Own), (Resource.Cti, Read), (Resource.Directory, Read), (Resource.Customers, All), (Resource.CallTypes, Read), (Resource.Summaries, Own)), // the second line: of the firm whose call it is about
    }.SelectMany(rows => rows).ToFrozenDictionary();

    public static Rights Of(Role role, Resource resource) => Table.GetValueOrDefault((role, resource));

    /// <summary>Whether a role meets a demand. <see cref="ReadOwn"/> and <see cref="WriteOwn"/> are met by the full right too.</summary>
    public static bool Meets(Role role, Demand demand) => Covers(Of(role, demand.Resource), demand.Right);

    /// <summary>Whether what somebody has covers what is asked for.</summary>
    public static bool Covers(Rights has, Rights asked)
    {
        if (has.HasFlag(Read)) has |= ReadOwn;
        if (has.HasFlag(Write)) has |= WriteOwn;
        return has.HasFlag(asked);
    }

    /// <summary>Whether the role has no more than its own of this resource.</summary>
    public static bool OnlyOwn(Role role, Resource resource) => (Of(role, resource) & All) == None;

    /// <summary>Whether the role listens to others and may never speak in.</summary>
    public static bool OnlyListens(Role role) => (Of(role, Resource.Listening) & All) == Read;

    private static IEnumerable<KeyValuePair<(Role, Resource), Rights>> To(Role role, params (Resource Resource, Rights Rights)[] given) =>
        given.Select(one => KeyValuePair.Create((role, one.Resource), one.Rights));
}
