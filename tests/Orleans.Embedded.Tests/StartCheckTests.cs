#if !ORLEANS_PACKAGES // in Orleans the generator and the start look at all interfaces; here the checks are asked directly
using Orleans.Discovery;
using Orleans.Engine;

namespace Orleans.Embedded.Tests;

/// <summary>Generic, so that no start of this process meets what is wrong inside.</summary>
public static class Wrong<T>
{
    public sealed record Unmarked(int Number, T Other);

    [GenerateSerializer]
    public sealed record Holder([property: Id(0)] List<Unmarked> Inside);

    public interface IWithUnmarked : IGrainWithStringKey
    {
        Task Take(Holder holder);
    }

    public interface IWithStream : IGrainWithStringKey
    {
        IAsyncEnumerable<int> Numbers();
    }

    public interface IWithFaults : IGrainWithStringKey
    {
        int Number { get; }
        int Plain();
        Task Out(out int number);
        Task Two(CancellationToken a, CancellationToken b);
        Task Generic<TArgument>(TArgument argument);
    }
}

[GenerateSerializer]
public sealed record Everything([property: Id(0)] int? Number, [property: Id(1)] Dictionary<Guid, DateTimeOffset[]> Times, [property: Id(2)] IEcho Grain, [property: Id(3)] (DayOfWeek Day, decimal Sum) Pair, [property: Id(4)] ReadOnlyMemory<byte> Bytes);

public interface IWithEverything : IGrainWithStringKey
{
    ValueTask<Everything> Take(Everything everything, TimeSpan span, IListener listener, CancellationToken stop);
}

public sealed class StartCheckTests
{
    [Fact]
    public void A_type_without_serializer_is_found_however_deep()
    {
        var fault = Assert.Single(SerializerCheck.Faults(typeof(Wrong<int>.IWithUnmarked), []));
        Assert.Contains("Unmarked", fault, StringComparison.Ordinal);
        Assert.Contains("Holder.Inside", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void What_every_silo_knows_passes() => Assert.Empty(SerializerCheck.Faults(typeof(IWithEverything), []));

    [Fact]
    public void Streams_are_refused_by_name() => Assert.Contains("IAsyncEnumerable", Assert.Single(GrainInterface.Faults(typeof(Wrong<int>.IWithStream))), StringComparison.Ordinal);

    [Fact]
    public void Every_fault_of_an_interface_is_told() => Assert.Equal(5, GrainInterface.Faults(typeof(Wrong<int>.IWithFaults)).Count());
}
#endif
