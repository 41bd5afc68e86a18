using CallCenter.Domain.Customers;

namespace CallCenter.Domain.Tests.Customers;

public sealed class CustomerTests
{
    private static readonly Customer Good = Customer.New(new("acme"), new("c-1")) with { Name = "李雷", Numbers = ["138 0013 8000", "010-12345678"], Note = "一\n二", Fields = [new("城市", "上海")] };

    [Fact]
    public void A_good_one_has_no_faults() => Assert.Empty(Good.Check().AsEnumerable());

    public static TheoryData<Customer, string> Bad() => new()
    {
        { Good with { Id = new("Bad Id") }, "id" },
        { Good with { Name = " " }, "name" },
        { Good with { Name = "李\u202E雷" }, "name" },
        { Good with { Level = (CustomerLevel)9 }, "level" },
        { Good with { Numbers = ["13800138000", "+86 138 0013 8000"] }, "numbers[1]" },
        { Good with { Numbers = ["nobody"] }, "numbers[0]" },
        { Good with { Numbers = ["138****8000"] }, "numbers[0]" },
        { Good with { Numbers = ["*98#"] }, "numbers[0]" },
        { Good with { Numbers = [.. Enumerable.Range(0, 11).Select(n => $"1380013{n:0000}")] }, "numbers" },
        { Good with { Note = new('x', 2_001) }, "note" },
        { Good with { Note = "\u0007" }, "note" },
        { Good with { Fields = [new("城市", "上海"), new("城市", "北京")] }, "fields[1].name" },
        { Good with { Fields = [new("城市", new('x', 501))] }, "fields[0].value" },
    };

    [Theory, MemberData(nameof(Bad))]
    public void A_fault_names_its_field(Customer customer, string field) => Assert.Equal([field], customer.Check().Select(fault => fault.Field));
}
