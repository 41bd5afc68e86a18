using System.Collections.Frozen;
using System.Globalization;
using CallCenter.Api.Resources;

namespace CallCenter.Api.Tables;

/// <summary>Reads the rows of an agents' table over what is known, and gathers what is wrong and what is to be written.</summary>
/// <param name="operators">Staff numbers that the operator's agents have in this firm.</param>
internal sealed class AgentRows(TenantSettings tenant, Dictionary<string, AgentSettings> agents, Dictionary<string, ExtensionSettings> extensions, HashSet<string> users, HashSet<string> queues, HashSet<string> operators, TeamRows teams, List<Fault> faults)
{
    private static readonly FrozenDictionary<string, bool> Answers = new Dictionary<string, bool> { ["yes"] = true, ["true"] = true, ["1"] = true, ["是"] = true, ["no"] = false, ["false"] = false, ["0"] = false, ["否"] = false }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, int> rows = [];
    private readonly Dictionary<string, int> stations = [];
    private readonly Dictionary<string, int> numbers = [];
    private readonly List<(int Row, AgentSettings Agent, string Password)> read = [];

    /// <summary>Agents and extensions that are not yet as the table says.</summary>
    public IReadOnlyList<ISetting> Changed => [.. read.Select(one => one.Agent).Where(IsChanged), .. Stations(), .. teams.Changed];

    public Imported Outcome
    {
        get
        {
            var made = read.Count(one => one.Agent.Version == 0);
            var stationsChanged = Stations().Where(extension => extension.Agent is not null).Select(extension => extension.Agent!.Value).ToHashSet();
            var changed = read.Count(one => one.Agent.Version > 0 && (IsChanged(one.Agent) || stationsChanged.Contains(one.Agent.Agent) || teams.Moved.Contains(one.Agent.Agent)));
            return new(made, changed, read.Count - made - changed);
        }
    }

    private bool IsChanged(AgentSettings agent) => agents.GetValueOrDefault(agent.Id) != agent;

    public void Take(IReadOnlyList<CsvLine> lines)
    {
        foreach (var line in lines) Take(line);
        var taken = agents.Values.Where(agent => agent.StaffNumber is not null && !rows.ContainsKey(agent.Id)).Select(agent => agent.StaffNumber!).Concat(operators).ToHashSet();
        foreach (var (row, agent, password) in read)
        {
            CheckStation(row, agent, password); // once it is known who moves away
            CheckNumber(row, agent, taken);
        }
    }

    private void Take(CsvLine line)
    {
        var now = agents.GetValueOrDefault(line[AgentImport.Id]) ?? AgentForm.New(tenant.Tenant, new(line[AgentImport.Id]));
        var agent = now with
        {
            Name = line[AgentImport.Name],
            User = line[AgentImport.User],
            Extension = line[AgentImport.Extension],
            AfterCallSeconds = Number(line, now.AfterCallSeconds),
            AutoSignIn = Answer(line, now.AutoSignIn),
            Queues = QueuesOf(line, now, out var profiles),
            Profiles = profiles,
            Skills = SkillsOf(line, now.Skills),
            StaffNumber = line.Columns.Contains(AgentImport.StaffNumber) ? StaffNumber.Of(line[AgentImport.StaffNumber]) : now.StaffNumber,
        };
        foreach (var fault in agent.Check()) Fault(line.Number, ColumnOf(fault.Field), fault.Text);
        if (!rows.TryAdd(agent.Id, line.Number)) Fault(line.Number, AgentImport.Id, $"stands in row {rows[agent.Id]} already");
        if (!stations.TryAdd(agent.Extension, line.Number)) Fault(line.Number, AgentImport.Extension, $"stands in row {stations[agent.Extension]} already");
        if (agent.User.Length > 0 && !users.Contains(agent.User)) Fault(line.Number, AgentImport.User, "There is no such user");
        if (line.Columns.Contains(AgentImport.Team) && !teams.Take(agent.Agent, line[AgentImport.Team])) Fault(line.Number, AgentImport.Team, $"There is no team '{line[AgentImport.Team]}'");
        read.Add((line.Number, agent, line[AgentImport.Password]));
    }

    private void CheckStation(int row, AgentSettings agent, string password)
    {
        if (password.Length > 0 && password.Length is < Passwords.Shortest or > Passwords.Longest) Fault(row, AgentImport.Password, $"must have {Passwords.Shortest}–{Passwords.Longest} characters");
        if (!extensions.TryGetValue(agent.Extension, out var extension))
        {
            if (password.Length == 0) Fault(row, AgentImport.Password, "is missing: the extension is new, and its phone needs one");
        }
        else if (extension.Agent is { } holder && holder != agent.Agent && !rows.ContainsKey(holder.Value)) Fault(row, AgentImport.Extension, "This extension is another agent's");
    }

    /// <param name="taken">By agents that do not stand in the table.</param>
    private void CheckNumber(int row, AgentSettings agent, HashSet<string> taken)
    {
        if (agent.StaffNumber is not { } number) return;
        if (!numbers.TryAdd(number, row)) Fault(row, AgentImport.StaffNumber, $"stands in row {numbers[number]} already");
        else if (taken.Contains(number)) Fault(row, AgentImport.StaffNumber, "is another agent's");
    }

    /// <summary>The extensions with their agents, and those that were left.</summary>
    private IEnumerable<ExtensionSettings> Stations()
    {
        foreach (var (_, agent, password) in read)
        {
            var now = extensions.GetValueOrDefault(agent.Extension);
            var wanted = (now ?? new(tenant.Tenant, agent.Extension, null, default, default)) with { Agent = agent.Agent };
            if (password.Length > 0) wanted = wanted with { Ha1Md5 = DigestHash.Md5(agent.Extension, tenant.Domain, password), Ha1Sha256 = DigestHash.Sha256(agent.Extension, tenant.Domain, password) };
            if (wanted != now) yield return wanted;
            if (agents.GetValueOrDefault(agent.Id)?.Extension is { } before && !stations.ContainsKey(before) && extensions.GetValueOrDefault(before) is { } left && left.Agent == agent.Agent) yield return left with { Agent = null };
        }
    }

    private int Number(CsvLine line, int now)
    {
        if (line[AgentImport.AfterCall] is not { Length: > 0 } text) return now;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        Fault(line.Number, AgentImport.AfterCall, "is not a number of seconds");
        return now;
    }

    private bool Answer(CsvLine line, bool now)
    {
        if (line[AgentImport.AutoSignIn] is not { Length: > 0 } text) return now;
        if (Answers.TryGetValue(text, out var answer)) return answer;
        Fault(line.Number, AgentImport.AutoSignIn, "must be yes or no");
        return now;
    }

    /// <summary>A table without the column leaves memberships alone; an empty cell means none.</summary>
    private Items<QueueRef> QueuesOf(CsvLine line, AgentSettings now, out Items<QueueProfile> profiles)
    {
        profiles = now.Profiles;
        if (!line.Columns.Contains(AgentImport.Queues)) return now.Queues;
        var members = new List<QueueProfile>();
        foreach (var word in Words(line[AgentImport.Queues]))
        {
            if (!MemberCell.TryRead(word, tenant.Tenant, out var member)) Fault(line.Number, AgentImport.Queues, $"'{word}' is no queue with its priority and delay, such as sales:2:30");
            else if (!queues.Contains(member.Queue.Queue.Value)) Fault(line.Number, AgentImport.Queues, $"There is no queue '{member.Queue.Queue}'");
            else if (!members.Exists(one => one.Queue == member.Queue)) members.Add(member);
        }
        profiles = members.Where(member => !member.IsUsual).ToItems();
        return members.Select(member => member.Queue).ToItems();
    }

    private Items<SkillLevel> SkillsOf(CsvLine line, Items<SkillLevel> now)
    {
        if (!line.Columns.Contains(AgentImport.Skills)) return now;
        var skills = new List<SkillLevel>();
        foreach (var word in Words(line[AgentImport.Skills]))
            if (SkillCell.TryRead(word, out var skill)) skills.Add(skill);
            else Fault(line.Number, AgentImport.Skills, $"'{word}' is no skill with its level, such as english:3.5");
        return skills.ToItems();
    }

    private static string ColumnOf(string field) => field.StartsWith("profiles", StringComparison.Ordinal) || field.StartsWith(AgentImport.Queues, StringComparison.Ordinal) ? AgentImport.Queues : field.StartsWith(AgentImport.Skills, StringComparison.Ordinal) ? AgentImport.Skills : field;

    private static string[] Words(string cell) => cell.Split([' ', ';', '，', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private void Fault(int row, string column, string text) => faults.Add(new($"{CsvBody.Row(row)}.{column}", text));
}
