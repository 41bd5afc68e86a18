namespace CallCenter.Layout.Tests;

static class Rule
{
    /// <summary>Fails with every offender, one a line: xUnit itself shows the first few only.</summary>
    public static void Holds<T>(IEnumerable<T> offenders)
    {
        var found = offenders.Select(o => $"  {o}").ToList();
        Assert.True(found.Count == 0, $"{found.Count} against the rule:\n{string.Join('\n', found)}");
    }
}
