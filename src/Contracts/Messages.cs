namespace CallCenter.Contracts;

public enum SenderKind { Edge = 1, Call = 2, Agent = 3, Routing = 4, Tenant = 5, Station = 6, Queue = 7, Trunk = 8, Team = 9 }

/// <summary>Who speaks. Numbers are compared within one epoch only; a higher epoch is a new start of the same sender.</summary>
/// <param name="Key">The grain's key, or the edge's id.</param>
/// <param name="Epoch">Ticks of the sender's start: a later start is always higher.</param>
[GenerateSerializer, Immutable, Alias("Sender")]
public readonly record struct Sender([property: Id(0)] SenderKind Kind, [property: Id(1)] string Key, [property: Id(2)] long Epoch);

/// <summary>One message. A number of 0 says that it is not acknowledged and harmless twice; others rise by one within an epoch and are taken in once.</summary>
[GenerateSerializer, Immutable, Alias("Message`1")]
public readonly record struct Message<T>([property: Id(0)] long Number, [property: Id(1)] T Body);

/// <summary>Messages of one sender to one receiver, in order. One without a message says that the sender is there.</summary>
/// <param name="Settled">
/// The receiver has acknowledged every number up to this one, so that none of them will come again: a receiver that was started anew
/// and does not remember them (they had no consequence) must not wait for them. 0 = none.
/// </param>
/// <param name="Rests">
/// What the sender says rests on entries that may not be committed yet, of this <see cref="Journal.IJournal.Line"/>: what the receiver stores
/// because of it must be stored behind them. 0 = on nothing.
/// </param>
[GenerateSerializer, Immutable, Alias("Letter`1")]
public sealed record Letter<T>([property: Id(0)] Sender From, [property: Id(1)] Items<Message<T>> Messages, [property: Id(2)] long Settled = 0, [property: Id(3)] long Rests = 0);

/// <summary>The receiver has stored everything up to this number for good.</summary>
/// <param name="Of">The receiver, who speaks here.</param>
/// <param name="Epoch">The epoch of the sender whose messages are meant.</param>
[GenerateSerializer, Immutable, Alias("Ack")]
public readonly record struct Ack([property: Id(0)] SenderKind OfKind, [property: Id(1)] string Of, [property: Id(2)] long Epoch, [property: Id(3)] long UpTo);
