namespace CallCenter.Domain.Tests.Access;

public sealed class RightsTableTests
{
    public static TheoryData<Role> Roles => [.. Enum.GetValues<Role>()];

    private static IEnumerable<Resource> Of(Role role) => Enum.GetValues<Resource>().Where(resource => RightsTable.Of(role, resource) != Rights.None);

    [Theory, MemberData(nameof(Roles))]
    public void Everybody_may_at_least_sign_out(Role role) => Assert.True(RightsTable.Meets(role, new(Resource.Session, Rights.Write)));

    [Fact]
    public void A_resource_that_is_not_in_the_table_is_nobodys()
    {
        foreach (var role in Enum.GetValues<Role>())
            foreach (var right in Enum.GetValues<Rights>().Where(right => right != Rights.None))
                Assert.False(RightsTable.Meets(role, new((Resource)10_000, right)));
    }

    [Fact]
    public void The_full_right_covers_the_own_one_and_never_the_other_way_round()
    {
        Assert.True(RightsTable.Covers(Rights.Read, Rights.ReadOwn));
        Assert.True(RightsTable.Covers(Rights.All, Rights.Own));
        Assert.False(RightsTable.Covers(Rights.Own, Rights.Read));
        Assert.False(RightsTable.Covers(Rights.Read, Rights.WriteOwn));
        Assert.False(RightsTable.Covers(Rights.Write, Rights.Read));
    }

    [Fact]
    public void What_is_the_operators_is_no_tenants_and_a_tenants_calls_are_not_the_operators()
    {
        Resource[] operators = [Resource.Tenants, Resource.TenantUsers, Resource.Stock, Resource.Ceilings, Resource.Trunks, Resource.Edges, Resource.OperatorAgents];
        foreach (var role in Enum.GetValues<Role>().Where(role => !role.IsOperators())) Assert.Empty(Of(role).Intersect(operators));
        foreach (var role in Enum.GetValues<Role>().Where(role => role.IsOperators() && role != Role.OperatorAgent))
            Assert.Empty(Of(role).Intersect([Resource.Calls, Resource.Recordings, Resource.Voicemails, Resource.Conversations, Resource.Listening, Resource.PlainNumbers, Resource.Erasures]));
    }

    [Fact]
    public void An_agent_of_the_operator_has_of_calls_its_own_and_no_more_than_a_firms_agent()
    {
        Assert.Empty(Of(Role.OperatorAgent).Intersect([Resource.Recordings, Resource.Voicemails, Resource.Listening, Resource.PlainNumbers, Resource.Erasures, Resource.OperatorAgents, Resource.Tenants, Resource.Users]));
        Assert.All(new[] { Resource.Calls, Resource.Conversations, Resource.Summaries, Resource.Presence, Resource.Station, Resource.Agents }, resource => Assert.True(RightsTable.OnlyOwn(Role.OperatorAgent, resource)));
        Assert.All(Enum.GetValues<Resource>(), resource => Assert.True(RightsTable.Covers(RightsTable.Of(Role.Agent, resource), RightsTable.Of(Role.OperatorAgent, resource))));
    }

    [Fact]
    public void Only_admins_change_rights_and_read_the_audit_log()
    {
        Assert.Equal([Role.Operator, Role.TenantAdmin], Enum.GetValues<Role>().Where(role => RightsTable.Of(role, Resource.AuditLog) != Rights.None));
        Assert.Equal([Role.Operator, Role.TenantAdmin], Enum.GetValues<Role>().Where(role => RightsTable.Meets(role, new(Resource.Users, Rights.Write)) || RightsTable.Meets(role, new(Resource.AccessPolicy, Rights.Write))));
    }

    [Fact]
    public void A_client_liaison_reads_no_call_and_no_person() => Assert.Equal([Resource.Session], Of(Role.ClientLiaison));

    [Fact]
    public void Trainees_and_trainers_listen_and_do_not_speak_in() => Assert.Equal([Role.Trainee, Role.Trainer], Enum.GetValues<Role>().Where(RightsTable.OnlyListens));
}
