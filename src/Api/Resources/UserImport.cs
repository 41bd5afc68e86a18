using System.Collections.Frozen;

namespace CallCenter.Api.Resources;

/// <summary>Many users at once. A table is taken whole or refused whole, with every fault by row and column.</summary>
internal static class UserImport
{
    private const string Id = "id", Name = "name", RoleColumn = "role";
    private static readonly Items<string> Columns = [Id, Name, RoleColumn];
    private static readonly FrozenDictionary<string, Role> Roles = Enum.GetValues<Role>().ToFrozenDictionary(Names.Of, StringComparer.OrdinalIgnoreCase);

    public static void MapUserImport(this IEndpointRouteBuilder users) =>
        users.MapPost("/import", Import).Demands(Resource.Users, Rights.Write)
            .WithSummary("Make or change users by a CSV table with the columns id, name and role; a new one gets a password later, by PUT");

    private static async Task<Results<Ok<Imported>, ProblemHttpResult>> Import(Caller caller, CsvBody table, IConfigurationStore store, Standing standing, CancellationToken stop)
    {
        var known = await Known(caller.Tenant, store, stop);
        var faults = Columns.Except(table.Columns).Select(column => new Fault(CsvBody.Row(1), $"lacks the column {column}"))
            .Concat(table.Columns.Except(Columns).Select(column => new Fault(CsvBody.Row(1), $"has the column {column}, which is not one of {string.Join(", ", Columns)}")))
            .Concat(table.LineFaults).ToList();
        var wanted = Columns.Except(table.Columns).Any() ? [] : Read(table, caller, known, faults);
        if (faults.Count > 0) return Problems.Invalid(faults.ToItems());
        var changed = wanted.Where(user => known.GetValueOrDefault(user.Id) != user).ToList();
        if (changed.Count > 0 && await store.PutMany(changed, caller.Author, stop) is { } refusal) return refusal.ToProblem();
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
            var user = (now ?? new UserAccount(caller.Tenant, line[Id], "", role, UserAccount.NoPassword)) with { Name = line[Name], Role = role };
            foreach (var fault in user.Check()) Fault(fault.Field, fault.Text);
            if (!rows.TryAdd(user.Id, line.Number)) Fault(Id, $"stands in row {rows[user.Id]} already");
            if (user.Id == caller.User && role != caller.Role) Fault(RoleColumn, "Nobody changes the role of one's own account");
            users.Add(user);

            void Fault(string column, string text) => faults.Add(new($"{row}.{column}", text));
        }
        return users;
    }

    private static async Task<Dictionary<string, UserAccount>> Known(TenantId tenant, IConfigurationStore store, CancellationToken stop)
    {
        var known = new Dictionary<string, UserAccount>();
        await foreach (var user in store.All<UserAccount>(tenant, stop)) known[user.Id] = user;
        return known;
    }
}

/// <summary>What an import has done, in users.</summary>
internal sealed record Imported(int Made, int Changed, int Unchanged);
