using System.Buffers.Binary;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace CallCenter.Storage.Edges;

/// <summary>
/// Slots of half a page, each overwritten in place and zeroed when its session ends, so that the file grows no longer than the
/// most sessions at once and holds nothing of those that are over:
/// <code>
/// slot 0: | 8 mark | 8 last sign of life, UTC ticks |
/// others: | 2 length of what follows, 0 = free | 1 length of owner | owner | sealed content |     (big endian)
/// </code>
/// A write goes to the page cache and is never flushed: that survives the process, and a machine that loses its power loses its
/// sessions anyway. A slot that was written half does not open with its tenant's key, and is dropped.
/// </summary>
internal sealed class DialogFile : IDialogBook
{
    public const int SlotSize = 2048;
    private const int HeadLength = 3;
    private static ReadOnlySpan<byte> Mark => "dialogs1"u8;

    private readonly SafeFileHandle file;
    private readonly ITenantCipher cipher;
    private readonly ILogger log;
    private readonly byte[] slot = new byte[SlotSize];
    private readonly List<int> lengths = [0]; // bytes in use of each slot; that of slot 0 is not looked at
    private readonly Stack<int> free = [];

    public DialogFile(string path, ITenantCipher cipher, ILogger log)
    {
        (this.cipher, this.log) = (cipher, log);
        file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        Left = ReadAll().ToItems();
    }

    public Items<KeptDialog> Left { get; }
    public DateTimeOffset? LastAlive { get; private set; }

    public void Alive(DateTimeOffset now)
    {
        Mark.CopyTo(slot);
        BinaryPrimitives.WriteInt64BigEndian(slot.AsSpan(Mark.Length), now.UtcTicks);
        TryWrite(0, Mark.Length + sizeof(long));
    }

    public int Keep(int ticket, TenantId owner, ReadOnlySpan<byte> content)
    {
        var sealedContent = cipher.Encrypt(owner, content);
        var name = Encoding.ASCII.GetByteCount(owner.Value);
        var length = HeadLength + name + sealedContent.Length;
        if (length > SlotSize)
        {
            log.DialogTooLong(length);
            Forget(ticket);
            return 0;
        }
        BinaryPrimitives.WriteUInt16BigEndian(slot, (ushort)(length - 2));
        slot[2] = (byte)Encoding.ASCII.GetBytes(owner.Value, slot.AsSpan(HeadLength));
        sealedContent.CopyTo(slot, HeadLength + name);
        if (ticket == 0) ticket = NewSlot();
        if (TryWrite(ticket, length))
        {
            lengths[ticket] = int.Max(lengths[ticket], length);
            return ticket;
        }
        Forget(ticket);
        return 0;
    }

    public void Forget(int ticket)
    {
        if (ticket == 0) return;
        slot.AsSpan(0, lengths[ticket]).Clear();
        TryWrite(ticket, lengths[ticket]); // one that stays is ended once too often, which a phone answers with 481
        lengths[ticket] = 0;
        free.Push(ticket);
    }

    private int NewSlot()
    {
        if (free.TryPop(out var old)) return old;
        lengths.Add(0);
        return lengths.Count - 1;
    }

    private bool TryWrite(int number, int length)
    {
        try
        {
            RandomAccess.Write(file, slot.AsSpan(0, length), (long)number * SlotSize);
            return true;
        }
        catch (IOException fault) // disk full and the like: calls go on without
        {
            log.DialogNotKept(fault.GetType().Name);
            return false;
        }
    }

    private IEnumerable<KeptDialog> ReadAll()
    {
        var slots = (RandomAccess.GetLength(file) + SlotSize - 1) / SlotSize;
        for (var number = 0; number < slots; number++)
        {
            var length = RandomAccess.Read(file, slot, (long)number * SlotSize);
            if (number == 0) ReadLife(slot.AsSpan(0, length));
            else if (Open(number, slot.AsSpan(0, length)) is { } kept) yield return kept;
        }
    }

    private void ReadLife(ReadOnlySpan<byte> head)
    {
        if (head.Length < Mark.Length + sizeof(long) || !head.StartsWith(Mark)) return;
        var ticks = BinaryPrimitives.ReadInt64BigEndian(head[Mark.Length..]);
        if (ticks > 0 && ticks <= DateTime.MaxValue.Ticks) LastAlive = new(ticks, TimeSpan.Zero);
    }

    private KeptDialog? Open(int number, ReadOnlySpan<byte> bytes)
    {
        lengths.Add(bytes.Length);
        var length = bytes.Length < HeadLength ? 0 : BinaryPrimitives.ReadUInt16BigEndian(bytes) + 2;
        if (length > HeadLength && length <= bytes.Length && HeadLength + bytes[2] < length && TenantId.TryParse(Encoding.ASCII.GetString(bytes.Slice(HeadLength, bytes[2])), null, out var owner)
            && cipher.TryDecrypt(owner, bytes[(HeadLength + bytes[2])..length], out var content)) return new(number, owner, content);
        if (bytes.ContainsAnyExcept((byte)0)) Forget(number);
        else
        {
            lengths[number] = 0;
            free.Push(number);
        }
        return null;
    }

    public void Dispose() => file.Dispose();
}
