using System.Collections.Frozen;

namespace CallCenter.Api.Tables;

/// <summary>Many users at once. A table is taken whole or refused whole, with every fault by row and column.</summary>
internal static class UserImport
{
    private const string Id = "id", Name = "name", RoleColumn = "role", Email = "email";
    private static readonly FrozenDictionary<string, Role> Roles = Enum.GetValues<Role>().ToFrozenDictionary(Names.Of, StringComparer.OrdinalIgnoreCase);

    public static readonly ImportTable Table = new([Id, Name, RoleColumn], [Email]);

    public static readonly string[] Example = ["li-lei", "李雷", "agent", "li-lei@example.com"];

    public static string[] Row(UserAccount user) => [user.Id, user.Name, Names.Of(user.Role), user.Email ?? ""];

    public static void MapUserImport(this IEndpointRouteBuilder users) =>
        users.MapPost("/import", Import).Demands(Resource.Users, Rights.Write)
            .WithSummary("Make or change users by a CSV table with the columns id, name, role and perhaps email; a new one gets a password later, by PUT or by a link");

    private static async Task<Results<Ok<Imported>, ProblemHttpResult>> Import(Caller caller, [AsParameters] ImportMode mode, CsvBody table, IConfigurationStore store, Standing standing, CancellationToken stop)
    {
        var known = await store.ById<UserAccount>(caller.Tenant, stop);
        var faults = Table.Faults(table, out var readable);
        var wanted = readable ? Read(table, caller, known, faults) : [];
        if (faults.Count > 0) return Problems.Invalid(faults.ToItems());
        var changed = wanted.Where(user => known.GetValueOrDefault(user.Id) != user).ToList();
        if (!mode.ChecksOnly && changed.Count > 0 && await store.PutMany(changed, caller.Author, stop) is { } refusal) return refusal.ToProblem();
        standing.ForgetAccounts();
        var made = changed.Count(user => user.Version == 0);
        return TypedResults.Ok(new Imported(made, changed.Count - made, wanted.Count - changed.Count));
    }

    private static List<UserAccount> Read(CsvBody table, Caller caller, Dictionary<string, UserAccount> known, List<Fault> faults)
    {
        var users = new List<UserAccount>(table.Lines.Count);
        var rows = new Dictionary<string, int>();
        foreach (var line in table.Lines)
        {
            var row = CsvBody.Row(line.Number);
            if (!Roles.TryGetValue(line[RoleColumn], out var role))
            {
                Fault(RoleColumn, "is not a role");
                role = Role.Agent; // to go on with
            }
            var now = known.GetValueOrDefault(line[Id]);
            var user = (now ?? new UserAccount(caller.Tenant, line[Id], "", role, UserAccount.NoPassword)) with { Name = line[Name], Role = role, Email = line[Email] is { Length: > 0 } email ? email : now?.Email };
            foreach (var fault in user.Check()) Fault(fault.Field, fault.Text);
            if (!rows.TryAdd(user.Id, line.Number)) Fault(Id, $"stands in row {rows[user.Id]} already");
            if (user.Id == caller.User && role != caller.Role) Fault(RoleColumn, "Nobody changes the role of one's own account");
            users.Add(user);

            void Fault(string column, string text) => faults.Add(new($"{row}.{column}", text));
        }
        return users;
    }
}
