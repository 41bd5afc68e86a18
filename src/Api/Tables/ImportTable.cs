namespace CallCenter.Api.Tables;

/// <summary>What all imports ask of a table's header.</summary>
/// <param name="Needed">Columns that must be there.</param>
/// <param name="Allowed">Columns that may be left out.</param>
internal sealed record ImportTable(Items<string> Needed, Items<string> Allowed)
{
    public Items<string> Columns => Needed.AddRange(Allowed);

    /// <summary>What is wrong with the shape; <paramref name="readable"/>: whether the cells can be looked at all the same.</summary>
    public List<Fault> Faults(CsvBody table, out bool readable)
    {
        readable = !Needed.Except(table.Columns).Any();
        return [.. Needed.Except(table.Columns).Select(column => new Fault(CsvBody.Row(1), $"lacks the column {column}")),
            .. table.Columns.Except(Columns).Select(column => new Fault(CsvBody.Row(1), $"has the column {column}, which is not one of {string.Join(", ", Columns)}")),
            .. table.LineFaults];
    }
}

/// <summary>Whether a table is to be looked at only.</summary>
/// <param name="Check">true: tell what is wrong and what would be done, and do nothing.</param>
internal readonly record struct ImportMode([FromQuery] string? Check) : IChecked
{
    public bool ChecksOnly => Check == "true";

    public Items<Fault> Faults => Check is null or "" or "true" or "false" ? [] : [new Fault("check", "must be true or false")];
}

/// <summary>What an import has done, or would do.</summary>
internal sealed record Imported(int Made, int Changed, int Unchanged);
