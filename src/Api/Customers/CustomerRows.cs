using System.Collections.Frozen;
using CallCenter.Api.Tables;
using CallCenter.Domain.Customers;

namespace CallCenter.Api.Customers;

/// <summary>Reads the rows of a customers' table over what is known, and gathers what is wrong and what is to be written.</summary>
internal sealed class CustomerRows
{
    /// <summary>Between the numbers in a cell; a space may stand inside a number.</summary>
    public const char Between = ';';
    private static readonly char[] Dividers = [Between, '；', '、', '\n', '\r'];
    private static readonly FrozenDictionary<string, CustomerLevel> Levels = new Dictionary<string, CustomerLevel>
    {
        ["normal"] = CustomerLevel.Normal, ["普通"] = CustomerLevel.Normal, ["silver"] = CustomerLevel.Silver, ["银"] = CustomerLevel.Silver,
        ["gold"] = CustomerLevel.Gold, ["金"] = CustomerLevel.Gold, ["diamond"] = CustomerLevel.Diamond, ["钻石"] = CustomerLevel.Diamond,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly TenantId owner;
    private readonly Items<string> ownColumns;
    private readonly TimeProvider time;
    private readonly List<Fault> faults;
    private readonly Dictionary<CustomerId, Customer> known = [];
    private readonly Dictionary<string, CustomerId> holders = [];
    private readonly Dictionary<CustomerId, int> rows = [];
    private readonly Dictionary<string, int> numbers = [];
    private readonly List<(int Row, Customer Customer)> read = [];

    public CustomerRows(TenantId owner, List<Customer> customers, Items<string> ownColumns, TimeProvider time, List<Fault> faults)
    {
        (this.owner, this.ownColumns, this.time, this.faults) = (owner, ownColumns, time, faults);
        foreach (var customer in customers)
        {
            known[customer.Id] = customer;
            foreach (var number in customer.Numbers) holders[Canonical(number)] = customer.Id;
        }
    }

    /// <summary>Customers that are not yet as the table says.</summary>
    public IReadOnlyList<Customer> Changed => [.. read.Select(one => one.Customer).Where(customer => known.GetValueOrDefault(customer.Id) != customer)];

    public Imported Outcome
    {
        get
        {
            var (changed, made) = (Changed.Count, read.Count(one => one.Customer.Version == 0));
            return new(made, changed - made, read.Count - changed);
        }
    }

    public void Take(IReadOnlyList<CsvLine> lines)
    {
        foreach (var line in lines) Take(line);
        foreach (var (row, customer) in read) // once it is known who gives a number up
            foreach (var number in customer.Numbers)
                if (holders.TryGetValue(Canonical(number), out var holder) && holder != customer.Id && !rows.ContainsKey(holder)) Fault(row, CustomerImport.Numbers, $"{number} is customer {holder}'s");
    }

    private void Take(CsvLine line)
    {
        var given = line[CustomerImport.Numbers].Split(Dividers, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToItems();
        var now = Meant(line[CustomerImport.Id], given);
        var customer = now with
        {
            Name = line[CustomerImport.Name],
            Numbers = CustomerForm.Unmasked(given, now.Numbers),
            Level = LevelOf(line, now.Level),
            Note = line.Columns.Contains(CustomerImport.Note) ? line[CustomerImport.Note] : now.Note,
            Fields = FieldsOf(line, now.Fields),
        };
        foreach (var fault in customer.Check()) Fault(line.Number, Column(fault.Field), fault.Text);
        if (!rows.TryAdd(customer.Id, line.Number)) Fault(line.Number, CustomerImport.Id, $"stands in row {rows[customer.Id]} already");
        foreach (var number in customer.Numbers.Select(Canonical).Distinct())
            if (!numbers.TryAdd(number, line.Number)) Fault(line.Number, CustomerImport.Numbers, $"{number} stands in row {numbers[number]} already");
        read.Add((line.Number, customer));
    }

    private Customer Meant(string id, Items<string> given)
    {
        if (id.Length > 0) return known.GetValueOrDefault(new(id)) ?? Customer.New(owner, new(id));
        foreach (var number in given)
            if (holders.TryGetValue(Canonical(number), out var holder)) return known[holder];
        return Customer.New(owner, CustomerId.New(time.GetUtcNow()));
    }

    private CustomerLevel LevelOf(CsvLine line, CustomerLevel now)
    {
        if (line[CustomerImport.Level] is not { Length: > 0 } text) return now;
        if (Levels.TryGetValue(text, out var level)) return level;
        Fault(line.Number, CustomerImport.Level, "must be normal, silver, gold or diamond");
        return now;
    }

    /// <summary>Fields without a column keep their values; an empty cell removes one.</summary>
    private Items<CustomerField> FieldsOf(CsvLine line, Items<CustomerField> now)
    {
        foreach (var column in ownColumns)
        {
            var (name, value) = (column[CustomerImport.OwnField.Length..], line[column]);
            if (value.Length == 0) now = now.Without(field => field.Name == name);
            else if (now.Any(field => field.Name == name)) now = now.Change(field => field.Name == name, field => field with { Value = value });
            else now = now.Add(new(name, value));
        }
        return now;
    }

    /// <summary><c>numbers[0]</c> stands in the column numbers; a field of the firm's own in any of theirs.</summary>
    private string Column(string field) => field.StartsWith("fields", StringComparison.Ordinal) ? string.Join(' ', ownColumns) : field.Split('[')[0];

    private static string Canonical(string number) => PhoneNumber.TryParse(number, out var parsed) ? parsed.Canonical : number;

    private void Fault(int row, string column, string text) => faults.Add(new($"{CsvBody.Row(row)}.{column}", text));
}
