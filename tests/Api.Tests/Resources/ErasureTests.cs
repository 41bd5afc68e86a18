namespace CallCenter.Api.Tests.Resources;

public sealed class ErasureTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task An_admin_erases_a_number_or_a_call_of_the_own_tenant()
    {
        using var admin = await fixture.Api.SignedIn(A.Acme, "admin");
        Assert.Equal(HttpStatusCode.OK, (await admin.Post("/api/v1/erasures", new { number = "13800138000" })).StatusCode);
        var call = A.Call(A.Acme).Id;
        var answer = await (await admin.Post("/api/v1/erasures", new { call = call.Value })).Json();
        Assert.Equal(call.Value, answer.GetProperty("calls")[0].GetString());
        Assert.Equal([(A.Acme, "13800138000", "admin"), (A.Acme, call.Value, "admin")], fixture.Api.Reports.Erasures);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post("/api/v1/erasures", new { call = A.Call(A.Globex).Id.Value + "x" })).StatusCode);
    }

    [Fact]
    public async Task Neither_or_both_or_an_empty_number_is_a_fault()
    {
        using var admin = await fixture.Api.SignedIn(A.Acme, "admin");
        foreach (var body in new object[] { new { }, new { number = "1", call = "c" }, new { number = "" } })
            Assert.Equal(["number"], await (await admin.Post("/api/v1/erasures", body)).Wrong());
    }
}
