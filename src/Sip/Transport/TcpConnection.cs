using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using CallCenter.Sip.Messages;
using Microsoft.AspNetCore.Connections;

namespace CallCenter.Sip.Transport;

/// <summary>One connection: reads beside the loop, a batch at a time, and writes from it.</summary>
sealed class TcpConnection(TcpTransport transport, SipLoop loop, IPEndPoint remote)
{
    /// <summary>Bytes that may wait for a peer that does not read; then it is cut off.</summary>
    const int MostWaiting = 1 << 20;

    static readonly byte[] Pong = "\r\n"u8.ToArray();

    readonly ArrayBufferWriter<byte> waiting = new();
    ConnectionContext? context;
    bool flushing, closed;

    public IPEndPoint Remote => remote;

    /// <summary>When the last whole message came, by the loop's clock. Loop only.</summary>
    public TimeSpan HeardAt { get; private set; } = loop.Now;

    /// <summary>True once a whole message came. Loop only.</summary>
    public bool HasSpoken { get; private set; }

    /// <summary>The connection stands: what waited leaves. On the loop.</summary>
    public void Open(ConnectionContext established)
    {
        context = established;
        if (closed) established.Abort();
        else Drain();
    }

    /// <summary>On the loop. False where it is closed, or the peer has not read for too long.</summary>
    public bool TrySend(ReadOnlySpan<byte> message)
    {
        if (closed) return false;
        if (waiting.WrittenCount + message.Length > MostWaiting)
        {
            Close();
            return false;
        }
        waiting.Write(message);
        Drain();
        return true;
    }

    void Drain()
    {
        if (flushing || context is not { } c || waiting.WrittenCount == 0) return;
        c.Transport.Output.Write(waiting.WrittenSpan);
        waiting.ResetWrittenCount();
        var flush = c.Transport.Output.FlushAsync();
        if (flush.IsCompletedSuccessfully) return;
        flushing = true;
        _ = Flushed(flush);
    }

    async Task Flushed(ValueTask<FlushResult> flush)
    {
        try
        {
            await flush;
            loop.Post(OnFlushed);
        }
        catch (Exception fault) when (fault is IOException or InvalidOperationException or OperationCanceledException) // the connection went meanwhile
        {
            loop.Post(Close);
        }
    }

    void OnFlushed()
    {
        flushing = false;
        if (!closed) Drain();
    }

    /// <summary>Cuts it off. On the loop; once is enough.</summary>
    public void Close()
    {
        Leave();
        context?.Abort();
    }

    /// <summary>Nothing is written any more; what is written already still leaves.</summary>
    void Leave()
    {
        if (closed) return;
        closed = true;
        transport.Remove(this);
    }

    /// <summary>Reads until the end. Beside the loop: the next bytes are taken when the loop is through with the ones before.</summary>
    public async Task Read(ConnectionContext from)
    {
        try
        {
            while (true)
            {
                var read = await from.Transport.Input.ReadAsync();
                var rest = read.Buffer;
                var batch = Cut(ref rest);
                from.Transport.Input.AdvanceTo(rest.Start, rest.End);
                if (batch.Count > 0) await OnLoop(() => Take(batch));
                if (read.IsCompleted || read.IsCanceled || batch is [.., { Ends: true }]) return;
            }
        }
        catch (Exception fault) when (fault is IOException or ConnectionAbortedException or OperationCanceledException or InvalidOperationException) // reset by the peer, or closed by us
        {
            return;
        }
        finally
        {
            await OnLoop(Leave); // before the pipes are completed, which no writer may meet
        }
    }

    static List<Piece> Cut(ref ReadOnlySequence<byte> rest)
    {
        var batch = new List<Piece>(4);
        while (!rest.IsEmpty)
        {
            var kind = SipStream.Cut(ref rest, out var bytes);
            if (kind == StreamPiece.Incomplete) break;
            var piece = new Piece(kind, bytes);
            batch.Add(piece);
            if (piece.Ends) break;
        }
        return batch;
    }

    Task OnLoop(Action act)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(() =>
        {
            try
            {
                act();
            }
            finally
            {
                done.SetResult();
            }
        });
        return done.Task;
    }

    void Take(List<Piece> batch)
    {
        foreach (var piece in batch) if (!closed) Take(piece);
    }

    void Take(Piece piece)
    {
        HeardAt = loop.Now;
        switch (piece.Kind)
        {
            case StreamPiece.Message:
                HasSpoken = true;
                transport.Deliver(piece.Bytes, this);
                break;
            case StreamPiece.Ping: TrySend(Pong); break;
            case StreamPiece.NoLength: transport.Refuse(piece.Bytes, this); break;
        }
    }

    readonly record struct Piece(StreamPiece Kind, byte[] Bytes)
    {
        /// <summary>Where the next message begins is not known any more.</summary>
        public bool Ends => Kind is StreamPiece.NoLength or StreamPiece.TooLarge;
    }
}
