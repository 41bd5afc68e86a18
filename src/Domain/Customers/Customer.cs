using System.Globalization;
using System.Text.Json.Serialization;

namespace CallCenter.Domain.Customers;

/// <summary>How much a customer means to the firm (客户等级). The number is stored; never reuse one.</summary>
[JsonConverter(typeof(EnumText<CustomerLevel>))]
public enum CustomerLevel
{
    /// <summary>普通</summary>
    Normal = 0,
    /// <summary>银</summary>
    Silver = 1,
    /// <summary>金</summary>
    Gold = 2,
    /// <summary>钻石</summary>
    Diamond = 3,
}

/// <summary>A person who calls a firm, or is called by it. Everything that tells who it is is personal: no fact, no log and no history holds it.</summary>
/// <param name="Numbers">As people write them; each is one customer's only.</param>
/// <param name="Note">Free text, of several lines.</param>
/// <param name="Fields">What the firm wants to know besides, by names of its own.</param>
[GenerateSerializer, Immutable, Alias("Customer")]
public sealed record Customer(
    [property: Id(0)] TenantId Owner, [property: Id(1)] CustomerId Id, [property: Id(2)] string Name, [property: Id(3)] CustomerLevel Level, [property: Id(4)] Items<string> Numbers,
    [property: Id(5)] string Note, [property: Id(6)] Items<CustomerField> Fields, [property: Id(7)] long Version = 0)
{
    public const int MostNumbers = 10, MostFields = 30, LongestNote = 2_000, LongestFieldName = 40, LongestFieldValue = 500;

    public static Customer New(TenantId owner, CustomerId id) => new(owner, id, "", CustomerLevel.Normal, [], "", []);

    /// <summary>Every fault of it by itself; fields are named as in JSON.</summary>
    public Items<Fault> Check()
    {
        var faults = new FaultList().Id(Owner.Value, "owner", 32).Id(Id.Value, "id").Name(Name, "name")
            .When(!Enum.IsDefined(Level), "level", "must be normal, silver, gold or diamond")
            .When(Numbers.Count > MostNumbers, "numbers", $"has more than {MostNumbers} entries")
            .Text(Note, "note", LongestNote)
            .When(Fields.Count > MostFields, "fields", $"has more than {MostFields} entries");
        var known = new HashSet<string>();
        for (var i = 0; i < Numbers.Count; i++)
        {
            var isNumber = PhoneNumber.TryParse(Numbers[i], out var number) && !number.Canonical.AsSpan().ContainsAny('*', '#'); // a code calls nobody
            faults.When(!isNumber, At("numbers", i), "is not a number").When(isNumber && !known.Add(number.Canonical), At("numbers", i), "is there twice");
        }
        var names = new HashSet<string>();
        for (var i = 0; i < Fields.Count; i++)
            faults.Name(Fields[i].Name, At("fields", i) + ".name", LongestFieldName).Text(Fields[i].Value, At("fields", i) + ".value", LongestFieldValue)
                .When(!names.Add(Fields[i].Name ?? ""), At("fields", i) + ".name", "is there twice");
        return faults.Done();
    }

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");
}

[GenerateSerializer, Immutable, Alias("CustomerField")]
public readonly record struct CustomerField([property: Id(0)] string Name, [property: Id(1)] string Value);
