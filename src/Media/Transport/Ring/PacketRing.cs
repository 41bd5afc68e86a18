using System.Runtime.InteropServices;

namespace CallCenter.Media.Transport.Ring;

/// <summary>
/// UDP sockets by one ring (io_uring(7)): every datagram that comes is put into a buffer by the kernel without being asked again, and what is sent waits until a batch of it
/// goes with one call (docs/decisions/0032). Of one thread: the one that opened it.
/// </summary>
sealed unsafe class PacketRing : IDisposable
{
    /// <summary>Sent with one call at most. A few, so that the first of them does not wait for long.</summary>
    const int MostSent = 64;

    const int Completions = 1024;

    /// <summary>Of datagrams that came and were not looked at yet; those for which there is none stay with their socket. Few, as they are used in turn and processors cache little.</summary>
    const int Buffers = 512;

    /// <summary>Sockets in the ring's own table; further ones are named by their numbers in the process.</summary>
    const int MostFiled = 4096;

    const int MostChanges = Buffers / 32;

    const int RoomSize = ReceiveBatch.BufferSize + 64;

    /// <summary>Of completions that are no datagram's: those of a socket have the number of its watch.</summary>
    const ulong SendKey = ulong.MaxValue, CancelKey = ulong.MaxValue - 1, PollKey = ulong.MaxValue - 2;

    const int PollIn = 1;

    enum WatchState
    {
        Free,

        /// <summary>The kernel is to be asked for what comes, for the first time or again.</summary>
        Due,

        Armed,

        /// <summary>The kernel is to be told that nothing more is wanted.</summary>
        Ending,

        /// <summary>It was told, and has not let go yet.</summary>
        Ended,
    }

    struct Watched
    {
        public int Socket;
        public ulong Key;
        public WatchState State;

        /// <summary>In the ring's own table, under the watch's number: the kernel need not look it up in the process's, which other threads change.</summary>
        public bool IsFiled;

        public Action? Released;
    }

    readonly RingQueues queues;
    readonly int bufferSize, payloadAt;
    readonly byte* memory;
    readonly RingCalls.ProvidedBuffer* provided;
    readonly byte* buffers, rooms, names;

    /// <summary>How a datagram lies in its buffer.</summary>
    readonly Libc.MessageHeader* template;

    readonly Queue<int> changed = new();
    readonly Stack<int> unused = new();
    Watched[] watches = new Watched[64];
    int used, filed, failures, changes, wakes = -1, taken = -1;
    ushort providedTail;
    bool isListening, woken;

    PacketRing(RingQueues queues, int control)
    {
        this.queues = queues;
        payloadAt = sizeof(RingCalls.Received) + PeerNameBytes.Size + control;
        bufferSize = (payloadAt + ReceiveBatch.BufferSize + 63) & ~63;
        var providedSize = Buffers * sizeof(RingCalls.ProvidedBuffer);
        var size = providedSize + Buffers * bufferSize + MostSent * (RoomSize + PeerNameBytes.Size) + sizeof(Libc.MessageHeader);
        memory = (byte*)NativeMemory.AlignedAlloc((nuint)size, (nuint)Environment.SystemPageSize);
        NativeMemory.Clear(memory, (nuint)providedSize); // the rest is written before it is read
        provided = (RingCalls.ProvidedBuffer*)memory;
        template = (Libc.MessageHeader*)(memory + providedSize);
        *template = new() { NameLength = PeerNameBytes.Size, ControlLength = (nuint)control };
        buffers = memory + providedSize + sizeof(Libc.MessageHeader);
        rooms = buffers + Buffers * bufferSize;
        names = rooms + MostSent * RoomSize;
    }

    /// <summary>Null: the kernel is older than Linux 6.1, or does not let this process have one.</summary>
    /// <param name="control">Bytes of ancillary data that each datagram brings (recvmsg(2)); a multiple of 8.</param>
    public static PacketRing? TryOpen(int control = 0)
    {
        if (RingQueues.TryOpen(MostSent, Completions) is not { } queues) return null;
        var ring = new PacketRing(queues, control);
        if (ring.TryProvide()) return ring;
        ring.Dispose();
        return null;
    }

    bool TryProvide()
    {
        var ring = new RingCalls.BufferRing { Address = provided, Entries = Buffers };
        if (queues.Register(RingCalls.RegisterBufferRing, &ring, 1) < 0) return false;
        for (var i = 0; i < Buffers; i++) GiveBack(i);
        var table = new RingCalls.FileTable { Count = MostFiled, Flags = RingCalls.FilesSparse };
        if (queues.Register(RingCalls.RegisterFiles2, &table, (uint)sizeof(RingCalls.FileTable)) >= 0) filed = MostFiled;
        return true;
    }

    /// <summary>The kernel may fill it again.</summary>
    void GiveBack(int buffer)
    {
        var entry = provided + (providedTail & (Buffers - 1));
        entry->Address = buffers + buffer * bufferSize;
        (entry->Length, entry->Number) = ((uint)bufferSize, (ushort)buffer);
        Volatile.Write(ref provided->Tail, ++providedTail);
    }

    /// <summary>What comes to the socket is taken by <see cref="TryTake"/> from now on.</summary>
    /// <returns>The number of the watch, for <see cref="Release"/>.</returns>
    public int Watch(int socket, ulong key)
    {
        if (!unused.TryPop(out var number))
        {
            if (used == watches.Length) Array.Resize(ref watches, 2 * used);
            number = used++;
        }
        watches[number] = new() { Socket = socket, Key = key, IsFiled = TryFile(number, socket) };
        BeDue(number);
        return number;
    }

    /// <summary>Nothing is taken from the socket from now on. What waits is sent before.</summary>
    /// <param name="released">The kernel holds the socket no more, so that closing it gives its port free. Called now, or by a later <see cref="TryTake"/>.</param>
    public void Release(int number, Action released)
    {
        queues.Submit();
        ref var watch = ref watches[number];
        watch.Released = released;
        if (watch.State == WatchState.Due) Free(number);
        else
        {
            watch.State = WatchState.Ending;
            if (!TryEnd(ref watch, number)) changed.Enqueue(number);
        }
        queues.Submit();
    }

    /// <summary>Sockets that are watched, or not let go yet.</summary>
    public int Held => used - unused.Count;

    /// <summary>An epoll set (or the like) that makes <see cref="Wait"/> return whenever something in it becomes ready.</summary>
    public void WakeBy(int descriptor) => (wakes, isListening) = (descriptor, false);

    /// <summary>Leaves with the next <see cref="Submit"/> or <see cref="Wait"/>, by the socket of a watch. False: it does not leave. What the kernel refuses later is told by <see cref="TakeFailures"/>.</summary>
    /// <param name="to">None: the socket is connected.</param>
    public bool Send(int number, ReadOnlySpan<byte> packet, PeerName to)
    {
        if (packet.Length > RoomSize || !queues.TryAsk(out var entry, out var place)) return false;
        var room = rooms + place * RoomSize;
        packet.CopyTo(new(room, RoomSize));
        Name(entry, number);
        entry->Flags |= RingCalls.SkipSuccess;
        (entry->Operation, entry->Key) = (RingCalls.Send, SendKey);
        entry->Address = room;
        (entry->Length, entry->OperationFlags) = ((uint)packet.Length, Libc.MsgDontwait);
        if (to.IsNone) return true;
        var name = names + place * PeerNameBytes.Size;
        to.Bytes.CopyTo(new(name, PeerNameBytes.Size));
        entry->SecondAddress = name;
        entry->AddressLength = (ushort)to.Length;
        return true;
    }

    public void Submit() => queues.Submit();

    /// <summary>Sends what waits, then waits until something came.</summary>
    /// <param name="timeout">ns; negative = for ever.</param>
    public void Wait(long timeout)
    {
        if (!isListening && wakes >= 0) Listen();
        changes = changed.Count;
        Change();
        queues.Wait(changes > 0 ? 0 : timeout);
    }

    /// <summary>Datagrams that the kernel refused to send since this was asked last.</summary>
    public int TakeFailures()
    {
        var n = failures;
        failures = 0;
        return n;
    }

    /// <summary>Whether what <see cref="WakeBy"/> named has become ready since this was asked last; known after a <see cref="TryTake"/> that found nothing more.</summary>
    public bool TakeWoken()
    {
        var was = woken;
        woken = false;
        return was;
    }

    /// <summary>The next datagram that came; its bytes are good until this is called again. False: there is none now.</summary>
    public bool TryTake(out RingPacket packet)
    {
        if (taken >= 0) GiveBack(taken);
        taken = -1;
        do
        {
            while (queues.TryTake(out var completion))
                if (TryRead(completion, out packet)) return true;
        }
        while (TryChange());
        packet = default;
        return false;
    }

    bool TryRead(RingCalls.Completion completion, out RingPacket packet)
    {
        packet = default;
        var ended = (completion.Flags & RingCalls.CompletionMore) == 0;
        switch (completion.Key)
        {
            case SendKey: failures++; return false;
            case CancelKey: return false;
            case PollKey: (woken, isListening) = (true, !ended); return false;
        }
        var number = (int)completion.Key;
        var isTaken = (completion.Flags & RingCalls.CompletionBuffer) != 0 && TryOpenBuffer(completion, number, out packet);
        if (ended) Lapse(number);
        return isTaken;
    }

    bool TryOpenBuffer(RingCalls.Completion completion, int number, out RingPacket packet)
    {
        packet = default;
        var buffer = (int)(completion.Flags >> RingCalls.CompletionBufferShift);
        ref readonly var watch = ref watches[number];
        if (watch.State != WatchState.Armed || completion.Result < payloadAt)
        {
            GiveBack(buffer);
            return false;
        }
        taken = buffer;
        var start = buffers + buffer * bufferSize;
        var came = (RingCalls.Received*)start;
        var name = start + sizeof(RingCalls.Received);
        packet = new(watch.Key, PeerName.FromKernel(new(name, (int)Math.Min(came->NameLength, PeerNameBytes.Size))),
            new(name + PeerNameBytes.Size, (int)came->ControlLength), new(start + payloadAt, completion.Result - payloadAt));
        return true;
    }

    /// <summary>The kernel takes nothing more from the socket: it was told so; or it had no buffer left, or the network reported a fault, and is asked anew.</summary>
    void Lapse(int number)
    {
        if (watches[number].State == WatchState.Armed) BeDue(number);
        else Free(number);
    }

    void BeDue(int number)
    {
        watches[number].State = WatchState.Due;
        changed.Enqueue(number);
    }

    void Free(int number)
    {
        var released = watches[number].Released;
        if (watches[number].IsFiled) TryFile(number, -1);
        watches[number] = default;
        unused.Push(number);
        released?.Invoke();
    }

    /// <summary>
    /// Tells the kernel of some of the watches that are due or ending; what it does not take now it is told later. A few at once: a socket that is asked anew gives up to
    /// 32 datagrams if it has them, and without a buffer for each the next ones would lapse as well.
    /// </summary>
    void Change()
    {
        for (var n = Math.Min(changes, MostChanges); n > 0; n--)
        {
            var number = changed.Peek();
            ref var watch = ref watches[number];
            if (watch.State == WatchState.Due && !TryArm(ref watch, number) || watch.State == WatchState.Ending && !TryEnd(ref watch, number)) return;
            changed.Dequeue();
            changes--;
        }
    }

    /// <summary>One that lapses again has its turn after the next <see cref="Wait"/>.</summary>
    bool TryChange()
    {
        if (changes == 0) return false;
        var before = changes;
        Change();
        queues.Submit();
        return changes < before;
    }

    /// <param name="socket">-1: none any more.</param>
    bool TryFile(int number, int socket)
    {
        var update = new RingCalls.FileUpdate { Offset = (uint)number, Files = &socket };
        return number < filed && queues.Register(RingCalls.RegisterFilesUpdate, &update, 1) > 0;
    }

    void Name(RingCalls.Submission* entry, int number) =>
        (entry->File, entry->Flags) = watches[number].IsFiled ? (number, RingCalls.FixedFile) : (watches[number].Socket, (byte)0);

    bool TryArm(ref Watched watch, int number)
    {
        if (!queues.TryAsk(out var entry, out _)) return false;
        Name(entry, number);
        entry->Flags |= RingCalls.BufferSelect;
        (entry->Operation, entry->Priority) = (RingCalls.ReceiveMessage, RingCalls.ReceiveMultishot);
        entry->Address = template;
        (entry->Length, entry->Key) = (1, (ulong)number);
        watch.State = WatchState.Armed;
        return true;
    }

    bool TryEnd(ref Watched watch, int number)
    {
        if (!queues.TryAsk(out var entry, out _)) return false;
        entry->Address = (void*)number;
        (entry->Operation, entry->File, entry->Key) = (RingCalls.AsyncCancel, -1, CancelKey);
        watch.State = WatchState.Ended;
        return true;
    }

    void Listen()
    {
        if (!queues.TryAsk(out var entry, out _)) return;
        (entry->Operation, entry->File, entry->OperationFlags, entry->Length, entry->Key) = (RingCalls.PollAdd, wakes, PollIn, RingCalls.PollMultishot, PollKey);
        isListening = true;
    }

    /// <summary>What was not sent is not.</summary>
    public void Dispose()
    {
        queues.Dispose();
        NativeMemory.AlignedFree(memory);
    }
}
