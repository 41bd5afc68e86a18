using System.Globalization;

namespace CallCenter.Domain.Summaries;

/// <summary>What calls are about and what came of them, as a firm counts it: a tree of call types, the results, and the fields of its own that a summary has. A firm has one.</summary>
/// <param name="Types">In the order in which they are shown; each stands behind the one it belongs to.</param>
[GenerateSerializer, Immutable, Alias("CallTypes")]
public sealed record CallTypes(
    [property: Id(0)] TenantId Owner, [property: Id(1)] Items<CallType> Types, [property: Id(2)] Items<SummaryResult> Results, [property: Id(3)] Items<SummaryField> Fields, [property: Id(4)] long Version = 0) : ISetting
{
    public const string OnlyId = "call-types", ResultField = "result", NoteField = "note";
    public const int MostLevels = 4, MostTypes = 500, MostResults = 50, MostFields = 30, MostChoices = 100;
    private const int LongestName = 60;

    public string Id => OnlyId;

    /// <summary>Before anybody made some: no summaries are asked for.</summary>
    public static CallTypes Nothing(TenantId owner) => new(owner, [], [], []);

    public CallType? Find(string? type)
    {
        foreach (var one in Types)
            if (one.Id == type) return one;
        return null;
    }

    /// <summary>Whether nothing belongs to it: only such a type can be chosen.</summary>
    public bool IsLeaf(string type) => !Types.Any(one => one.Parent == type);

    /// <summary>The names from the uppermost one down to it; empty if there is no such type.</summary>
    public Items<string> PathOf(string? type)
    {
        var path = new List<string>();
        for (var one = Find(type); one is not null && path.Count < MostLevels; one = Find(one.Parent)) path.Insert(0, one.Name);
        return path.ToItems();
    }

    public Items<Fault> Check()
    {
        if (Types.Any(one => one is null)) return [new("types", "has an empty entry")];
        if (Results.Any(one => one is null)) return [new("results", "has an empty entry")];
        if (Fields.Any(one => one is null)) return [new("fields", "has an empty entry")];
        var faults = new FaultList().Id(Owner.Value, "owner", 32)
            .When(Types.Count > MostTypes, "types", $"has more than {MostTypes} entries")
            .When(Results.Count > MostResults, "results", $"has more than {MostResults} entries")
            .When(Fields.Count > MostFields, "fields", $"has more than {MostFields} entries");
        CheckTypes(faults);
        var known = new HashSet<string>();
        for (var i = 0; i < Results.Count; i++) CheckNamed(faults, "results", i, Results[i].Id, Results[i].Name, known);
        known = [ResultField, NoteField];
        for (var i = 0; i < Fields.Count; i++)
        {
            CheckNamed(faults, "fields", i, Fields[i].Id, Fields[i].Name, known);
            faults.When(Fields[i].Choices.Count > MostChoices || Fields[i].Choices.Any(choice => string.IsNullOrWhiteSpace(choice) || choice.Length > LongestName || choice.Any(char.IsControl)), At("fields", i) + ".choices",
                $"must have at most {MostChoices} entries of 1–{LongestName} characters each");
        }
        return faults.Done();
    }

    private void CheckTypes(FaultList faults)
    {
        var levels = new Dictionary<string, int>();
        var siblings = new HashSet<(string?, string)>();
        HashSet<string> fields = [ResultField, NoteField, .. Fields.Select(field => field.Id ?? "")], parents = [.. Types.Select(type => type.Parent).OfType<string>()], ids = [];
        for (var i = 0; i < Types.Count; i++)
        {
            var (type, path) = (Types[i], At("types", i));
            CheckNamed(faults, "types", i, type.Id, type.Name, ids);
            var level = type.Parent is null ? 1 : levels.TryGetValue(type.Parent, out var above) ? above + 1 : 0;
            faults.When(level == 0, path + ".parent", "must be a type that stands before it").When(level > MostLevels, path + ".parent", $"would make more than {MostLevels} levels")
                .When(!siblings.Add((type.Parent, type.Name ?? "")), path + ".name", "is there twice in the same place")
                .When(type.Mandatory.Any(field => !fields.Contains(field)), path + ".mandatory", "names a field that is not there")
                .When(!type.Mandatory.IsEmpty && parents.Contains(type.Id ?? ""), path + ".mandatory", "belongs to the types below, which are chosen");
            levels[type.Id ?? ""] = Math.Max(level, 1);
        }
    }

    private static void CheckNamed(FaultList faults, string list, int index, string? id, string? name, HashSet<string> known) =>
        faults.Id(id, At(list, index) + ".id").Name(name, At(list, index) + ".name", LongestName).When(!known.Add(id ?? ""), At(list, index) + ".id", "is there already");

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");
}

/// <param name="Parent">The type it belongs to; null = uppermost.</param>
/// <param name="Mandatory">Fields without which a summary of this type is not taken: ids of own fields, <c>result</c>, <c>note</c>.</param>
[GenerateSerializer, Immutable, Alias("CallType")]
public sealed record CallType([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] string? Parent, [property: Id(3)] Items<string> Mandatory);

/// <summary>What came of a call, such as 已解决.</summary>
[GenerateSerializer, Immutable, Alias("SummaryResult")]
public sealed record SummaryResult([property: Id(0)] string Id, [property: Id(1)] string Name);

/// <summary>A field of the firm's own.</summary>
/// <param name="Choices">One of these; empty = any text.</param>
[GenerateSerializer, Immutable, Alias("SummaryField")]
public sealed record SummaryField([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] Items<string> Choices);
