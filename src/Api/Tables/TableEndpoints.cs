using System.Globalization;
using System.Runtime.CompilerServices;
using CallCenter.Api.Resources;
using CallCenter.Api.Teams;
using CallCenter.Contracts.Access;
using CallCenter.Domain.Teams;

namespace CallCenter.Api.Tables;

/// <summary>Tables to take away, and tables to fill in. What is masked in the API is masked here; who took what stands in the audit log.</summary>
internal static class TableEndpoints
{
    private const int RowsAtOnce = 500;
    private static readonly Items<string> CallColumns =
        ["id", "direction", "from", "to", "homeArea", "queue", "agents", "startedAt", "connectedAt", "answeredAt", "endedAt", "endedBy", "reason", "tIvr", "tAcd", "tTalk", "tHeld", "tAcw", "recordings"];

    public static void MapTables(this IEndpointRouteBuilder api)
    {
        var exports = api.Resource("/exports", "Tables");
        Table(exports.MapGet("/users", Users), Resource.Users, Rights.Read, "All users as a CSV table that can be imported again");
        Table(exports.MapGet("/agents", Agents), Resource.Agents, Rights.Read, "All agents as a CSV table that can be imported again");
        Table(exports.MapGet("/calls", Calls), Resource.Calls, Rights.Read, "Calls as a CSV table, newest first; times are in ms, instants in UTC");
        var templates = api.Resource("/templates", "Tables");
        Table(templates.MapGet("/users", () => Template("users", UserImport.Table, UserImport.Example)), Resource.Users, Rights.Write, "The table of users to fill in, with an example");
        Table(templates.MapGet("/agents", () => Template("agents", AgentImport.Table, AgentImport.Example)), Resource.Agents, Rights.Write, "The table of agents to fill in, with an example");
    }

    private static void Table(RouteHandlerBuilder endpoint, Resource resource, Rights right, string summary) =>
        endpoint.Demands(resource, right).Produces(StatusCodes.Status200OK, contentType: CsvAnswer.MediaType).WithSummary(summary);

    private static async Task<IResult> Users(Caller caller, IConfigurationStore store, IAuditLog audit, TimeProvider time, CancellationToken stop)
    {
        await Note(caller, "users", audit, stop);
        return new CsvAnswer(FileName("users", time), UserImport.Table.Columns, Rows<UserAccount>(store.All<UserAccount>(caller.Tenant, stop), UserImport.Row, stop));
    }

    private static async Task<IResult> Agents(Caller caller, IConfigurationStore store, IAuditLog audit, TimeProvider time, CancellationToken stop)
    {
        await Note(caller, "agents", audit, stop);
        var teams = new TeamMap(await store.TeamsOf(caller.Tenant, stop).ToListAsync(stop));
        var agents = store.All<AgentSettings>(caller.Tenant, stop).Where(agent => caller.Led?.Has(agent.Agent) != false);
        return new CsvAnswer(FileName("agents", time), AgentImport.Table.Columns.Without(column => column == AgentImport.Password), Rows(agents, agent => AgentImport.Row(agent, teams.Of(agent.Agent)), stop));
    }

    private static async Task<IResult> Calls(Caller caller, [AsParameters] CallQuery query, IReports reports, IAuditLog audit, TimeProvider time, CancellationToken stop)
    {
        await Note(caller, "calls", audit, stop);
        return new CsvAnswer(FileName("calls", time), CallColumns, Rows<CallRecord>(All(caller.Tenant, query.Filter with { Scope = caller.Led?.Scope }, reports, stop), call => Row(call.SeenBy(caller)), stop));
    }

    private static CsvAnswer Template(string name, ImportTable table, string[] example) => new($"{name}.csv", table.Columns, new[] { example }.ToAsyncEnumerable());

    private static Task Note(Caller caller, string what, IAuditLog audit, CancellationToken stop) => audit.Add(new(caller.Tenant, caller.Author, AuditAction.Exported, what), stop);

    private static string FileName(string name, TimeProvider time) => string.Create(CultureInfo.InvariantCulture, $"{name}-{time.GetUtcNow():yyyy-MM-dd}.csv");

    private static async IAsyncEnumerable<string[]> Rows<T>(IAsyncEnumerable<T> all, Func<T, string[]> row, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var one in all.WithCancellation(stop)) yield return row(one);
    }

    private static async IAsyncEnumerable<CallRecord> All(TenantId tenant, CallFilter filter, IReports reports, [EnumeratorCancellation] CancellationToken stop)
    {
        string? cursor = null;
        do
        {
            var page = await reports.Calls(tenant, filter, cursor, RowsAtOnce, stop);
            for (var i = 0; i < page.Items.Count; i++) yield return page.Items[i];
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private static string[] Row(CallRecord call) =>
    [
        call.Id.Value, call.Direction, call.From ?? "", call.To ?? "", call.HomeArea ?? "", call.Queue?.Value ?? "", string.Join(' ', call.Agents.Select(agent => agent.Value)),
        Instant(call.StartedAt), Instant(call.ConnectedAt), Instant(call.AnsweredAt), Instant(call.EndedAt), call.Ended is { } ended ? Names.Of(ended.By) : "", call.Ended is { } why ? Names.Of(why.Reason) : "",
        Names.Number(call.TIvr), Names.Number(call.TAcd), Names.Number(call.TTalk), Names.Number(call.THeld), Names.Number(call.TAcw), Names.Number(call.Recordings.Count),
    ];

    private static string Instant(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "";
}
