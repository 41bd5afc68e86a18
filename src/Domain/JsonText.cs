using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CallCenter.Domain;

/// <summary>Text of a JSON list under way; one a thread, used again.</summary>
internal sealed class JsonText : IBufferWriter<byte>
{
    private const int Kept = 64 * 1024;
    [ThreadStatic] private static JsonText? mine;
    private readonly Utf8JsonWriter writer;
    private byte[] bytes = new byte[2048];
    private int length;

    private JsonText() => writer = new(this);

    public bool IsEmpty => length == 0;

    public static JsonText Rent()
    {
        var rented = mine ?? new();
        mine = null; // not twice at once, should a converter ever write a list itself
        rented.length = 0;
        return rented;
    }

    /// <summary>What was written; the text must not be used after it.</summary>
    public byte[] Return()
    {
        if (bytes.Length <= Kept) mine = this;
        return bytes.AsSpan(0, length).ToArray();
    }

    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(GetSpan(text.Length));
        length += text.Length;
    }

    public void Append(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        length += Encoding.UTF8.GetBytes(text, GetSpan(most));
    }

    /// <summary>The members of an object, behind at least one that stands there, and its end.</summary>
    public void AppendMembers(object item, JsonTypeInfo info)
    {
        var from = length;
        writer.Reset();
        JsonSerializer.Serialize(writer, item, info);
        writer.Flush();
        if (length - from > "{}"u8.Length) bytes[from] = (byte)',';
        else bytes[--length - 1] = (byte)'}';
    }

    public void Advance(int count) => length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return bytes.AsMemory(length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return bytes.AsSpan(length);
    }

    private void Reserve(int more)
    {
        more = Math.Max(more, 256);
        if (bytes.Length - length < more) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, length + more));
    }
}
