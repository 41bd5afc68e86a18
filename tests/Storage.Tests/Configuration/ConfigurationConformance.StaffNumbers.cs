using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Configuration;

public abstract partial class ConfigurationConformance
{
    [Fact]
    public async Task A_staff_number_is_one_agents_only_and_two_may_change_theirs_for_one_another()
    {
        using var store = Open();
        AgentSettings Of(TenantId owner, string name, string? number) => new(owner, new(name), name, name, "1001", true, 0, 3, RetryDelays.Default, [], StaffNumber: number);
        Assert.Null(await store.PutMany([Of(Acme, "anna", "8001"), Of(Acme, "ben", "8002"), Of(Globex, "anna", "8001"), Of(Acme, "carl", null), Of(Acme, "dora", null)], Author.Product, Stop));
        var refused = (await store.Put(Of(Acme, "carl", "8001"), Admin, stop: Stop)).Refusal;
        Assert.Equal((RefusalCode.Conflict, "staffNumber"), (refused?.Code, refused?.Faults.Single().Field));
        Assert.Null((await store.Find<AgentSettings>(Acme, "carl", Stop))!.StaffNumber);
        Assert.Null(await store.PutMany([Of(Acme, "anna", "8002"), Of(Acme, "ben", "8001")], Admin, Stop));
        Assert.Equal("anna", Assert.Single((await store.Search<AgentSettings>(Acme, "8002", null, 9, Stop)).Items.AsEnumerable()).Id);
    }
}
