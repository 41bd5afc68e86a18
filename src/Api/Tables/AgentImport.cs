using CallCenter.Api.Operator;
using CallCenter.Api.Resources;
using CallCenter.Api.Teams;
using CallCenter.Domain.Teams;

namespace CallCenter.Api.Tables;

/// <summary>Many agents at once, with the extensions that are their stations. A table is taken whole or refused whole, with every fault by row and column.</summary>
internal static class AgentImport
{
    public const string Id = "id", Name = "name", User = "user", Extension = "extension", Queues = "queues", AfterCall = "afterCallSeconds", AutoSignIn = "autoSignIn", Password = "password", Team = "team", Skills = "skills", StaffNumber = "staffNumber";

    public static readonly ImportTable Table = new([Id, Name, User, Extension], [Queues, AfterCall, AutoSignIn, Password, Team, Skills, StaffNumber]);

    public static readonly string[] Example = ["li-lei", "李雷", "li-lei", "0801", "sales support", "30", "yes", "set-a-password", "", "english:3.5", "8001"];

    /// <summary>As it could be imported again; passwords are known to nobody.</summary>
    public static string[] Row(AgentSettings agent, TeamSettings? team) =>
        [agent.Id, agent.Name, agent.User, agent.Extension, MemberCell.Of(agent), Names.Number(agent.AfterCallSeconds), agent.AutoSignIn ? "yes" : "no", team?.Id ?? "", SkillCell.Of(agent.Skills), agent.StaffNumber ?? ""];

    public static void MapAgentImport(this IEndpointRouteBuilder agents) =>
        agents.MapPost("/import", Import).Demands(Resource.Agents, Rights.Write)
            .WithSummary("Make or change agents and their extensions by a CSV table with the columns id, name, user and extension, and perhaps queues (ids with spaces between; sales:2:30 = priority 2, delay 30 s), afterCallSeconds, autoSignIn (yes or no), password (the phone's; demanded for a new extension), team, skills (english:3.5) and staffNumber (1–16 digits or letters)");

    private static async Task<Results<Ok<Imported>, ProblemHttpResult>> Import(Caller caller, [AsParameters] ImportMode mode, CsvBody table, IConfigurationStore store, Standing standing, CancellationToken stop)
    {
        if (await store.Find<TenantSettings>(TenantId.Operator, caller.Tenant.Value, stop) is not { } tenant) return Problems.NotFound("tenant");
        var faults = Table.Faults(table, out var readable);
        var read = new AgentRows(tenant, await store.ById<AgentSettings>(caller.Tenant, stop), await store.ById<ExtensionSettings>(caller.Tenant, stop),
            [.. (await store.ById<UserAccount>(caller.Tenant, stop)).Keys], [.. (await store.ById<QueueSettings>(caller.Tenant, stop)).Keys], await store.OperatorsStaffNumbers(caller.Tenant, stop), new(await store.TeamsOf(caller.Tenant, stop).ToListAsync(stop)), faults);
        if (readable) read.Take(table.Lines);
        if (faults.Count > 0) return Problems.Invalid(faults.ToItems());
        if (!mode.ChecksOnly && read.Changed is { Count: > 0 } changed && await store.PutMany(changed, caller.Author, stop) is { } refusal) return refusal.ToProblem();
        standing.ForgetTeams();
        return TypedResults.Ok(read.Outcome);
    }
}
