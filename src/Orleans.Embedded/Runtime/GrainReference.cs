using Orleans.Discovery;
using Orleans.Engine;

namespace Orleans.Runtime;

/// <summary>How a grain or observer is called. Equal to any other reference to the same one.</summary>
/// <remarks>Made by <see cref="ProxyBuilder"/>: each method packs its arguments into a request and hands it to <see cref="Call{T}"/>.</remarks>
public abstract class GrainReference : IAddressable, IEquatable<GrainReference>
{
    readonly GrainId id;
    Activation? last; // where the last call went; spares a look-up while it lives

    internal GrainReference(Cluster cluster, GrainId id) => (Cluster, this.id) = (cluster, id);

    internal Cluster Cluster { get; }

    public GrainId GrainId => id;

    internal Mailbox Find()
    {
        if (last is { Alive: true } alive) return alive;
        if (id.Type == ObserverHosts.Type) return Cluster.Observers.Find(id.Key.Value!);
        var kind = Cluster.RunningSilo.Class(id.Type);
        var found = kind.Find(id.Key.Value!);
        if (!kind.Stateless) last = found;
        return found;
    }

    internal Task<T> Call<T>(Request<T> request)
    {
        request.Target = this;
        return Cluster.Outgoing(request) is { Length: > 0 } filters ? new OutgoingCall<T>(filters, request).Run() : Cluster.Send(request);
    }

    /// <summary>As <see cref="Call{T}"/>; the caller stops waiting when the token says so, and the callee sees the same token.</summary>
    internal Task<T> Call<T>(Request<T> request, CancellationToken stop)
    {
        if (stop.IsCancellationRequested) return Task.FromCanceled<T>(stop);
        var answer = Call(request);
        return stop.CanBeCanceled ? answer.WaitAsync(stop) : answer;
    }

    /// <summary>An argument that is an object with identity travels as a reference only.</summary>
    internal static T Passable<T>(T argument) where T : class => argument switch
    {
        null or GrainReference => argument!,
        IGrainBase grain => ((IAddressable)grain).AsReference<T>(),
        _ => throw new ArgumentException($"{argument.GetType()} cannot be sent to a grain; make a reference of it by {nameof(IGrainFactory.CreateObjectReference)}."),
    };

    public bool Equals(GrainReference? other) => other is not null && id.Equals(other.id);

    public sealed override bool Equals(object? obj) => Equals(obj as GrainReference);

    public sealed override int GetHashCode() => id.GetHashCode();

    public static bool operator ==(GrainReference? left, GrainReference? right) => Equals(left, right);

    public static bool operator !=(GrainReference? left, GrainReference? right) => !Equals(left, right);

    public override string ToString() => $"GrainReference:{id}";
}
