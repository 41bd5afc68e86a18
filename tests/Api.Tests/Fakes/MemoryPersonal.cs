namespace CallCenter.Api.Tests.Fakes;

/// <summary>Values about people, as a test puts them there.</summary>
internal sealed class MemoryPersonal : IPersonal
{
    public Dictionary<Subject, Items<PersonalValue>> Values { get; } = [];

    public Task<Items<PersonalValue>> Read(Subject subject, CancellationToken stop = default) => Task.FromResult(Values.GetValueOrDefault(subject));
}
