using System.Buffers.Binary;

namespace CallCenter.Kit.Media;

/// <summary>16-bit PCM WAV, read and written without the product's own code.</summary>
/// <param name="Samples">Interleaved.</param>
public sealed record Wav(int Rate, int Channels, short[] Samples)
{
    const int HeadSize = 44;

    public static Wav Read(ReadOnlySpan<byte> file)
    {
        int rate = 0, channels = 0;
        for (var at = 12; at + 8 <= file.Length;)
        {
            var size = BinaryPrimitives.ReadInt32LittleEndian(file[(at + 4)..]);
            var body = file.Slice(at + 8, Math.Min(size, file.Length - at - 8));
            if (file.Slice(at, 4).SequenceEqual("fmt "u8))
            {
                channels = BinaryPrimitives.ReadInt16LittleEndian(body[2..]);
                rate = BinaryPrimitives.ReadInt32LittleEndian(body[4..]);
                if (BinaryPrimitives.ReadInt16LittleEndian(body[14..]) != 16) throw new InvalidDataException("not 16-bit");
            }
            else if (file.Slice(at, 4).SequenceEqual("data"u8))
            {
                var samples = new short[body.Length / 2];
                for (var i = 0; i < samples.Length; i++) samples[i] = BinaryPrimitives.ReadInt16LittleEndian(body[(2 * i)..]);
                return new(rate, channels, samples);
            }
            at += 8 + size + (size & 1);
        }
        throw new InvalidDataException("no data chunk");
    }

    public byte[] ToBytes()
    {
        var file = new byte[HeadSize + 2 * Samples.Length];
        var b = file.AsSpan();
        "RIFF"u8.CopyTo(b);
        BinaryPrimitives.WriteInt32LittleEndian(b[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(b[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(b[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(b[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(b[22..], (short)Channels);
        BinaryPrimitives.WriteInt32LittleEndian(b[24..], Rate);
        BinaryPrimitives.WriteInt32LittleEndian(b[28..], Rate * Channels * 2);
        BinaryPrimitives.WriteInt16LittleEndian(b[32..], (short)(Channels * 2));
        BinaryPrimitives.WriteInt16LittleEndian(b[34..], 16);
        "data"u8.CopyTo(b[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(b[40..], 2 * Samples.Length);
        for (var i = 0; i < Samples.Length; i++) BinaryPrimitives.WriteInt16LittleEndian(b[(HeadSize + 2 * i)..], Samples[i]);
        return file;
    }

    public short[] Channel(int index)
    {
        var one = new short[Samples.Length / Channels];
        for (var i = 0; i < one.Length; i++) one[i] = Samples[i * Channels + index];
        return one;
    }
}
