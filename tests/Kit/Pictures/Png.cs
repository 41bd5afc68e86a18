using System.Buffers.Binary;
using System.IO.Compression;

namespace CallCenter.Kit.Pictures;

/// <summary>PNG (ISO/IEC 15948) as browsers write it, 8 bits a sample, not interlaced; and as we keep it, with a palette.</summary>
public static class Png
{
    const byte Rgb = 2, Indexed = 3, Rgba = 6;
    const int Bits = 8;
    static readonly byte[] signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static Picture Read(byte[] file)
    {
        var (width, height, kind) = (0, 0, (byte)0);
        byte[] palette = [];
        using var packed = new MemoryStream();
        for (var at = signature.Length; at + 12 <= file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            var data = file.AsSpan(at + 8, length);
            switch (file.AsSpan(at + 4, 4))
            {
                case [(byte)'I', (byte)'H', (byte)'D', (byte)'R']:
                    (width, height, kind) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]), data[9]);
                    if (data[8] != Bits || data[12] != 0) throw new InvalidDataException("only 8 bits a sample, not interlaced, are read here");
                    break;
                case [(byte)'P', (byte)'L', (byte)'T', (byte)'E']: palette = data.ToArray(); break;
                case [(byte)'I', (byte)'D', (byte)'A', (byte)'T']: packed.Write(data); break;
            }
            at += 12 + length;
        }
        packed.Position = 0;
        using var rows = new ZLibStream(packed, CompressionMode.Decompress);
        return new(width, height, Colours(rows, width, height, kind, palette));
    }

    static int[] Colours(Stream rows, int width, int height, byte kind, byte[] palette)
    {
        var size = kind switch { Rgb => 3, Rgba => 4, Indexed => 1, _ => throw new InvalidDataException($"colour type {kind} is not read here") };
        var colours = new int[width * height];
        var (above, row) = (new byte[width * size], new byte[width * size]);
        for (var y = 0; y < height; y++)
        {
            var filter = rows.ReadByte();
            rows.ReadExactly(row);
            Unfilter(filter, row, above, size);
            for (var x = 0; x < width; x++)
            {
                var sample = row.AsSpan(x * size);
                var colour = kind == Indexed ? palette.AsSpan(3 * sample[0]) : sample;
                colours[y * width + x] = colour[0] << 16 | colour[1] << 8 | colour[2];
            }
            (above, row) = (row, above);
        }
        return colours;
    }

    /// <summary>Filters 0–4 (§9.2): none, left, above, their mean, Paeth.</summary>
    static void Unfilter(int filter, byte[] row, byte[] above, int size)
    {
        for (var i = 0; i < row.Length; i++)
        {
            int left = i < size ? 0 : row[i - size], up = above[i], corner = i < size ? 0 : above[i - size];
            row[i] += (byte)(filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, 4 => Paeth(left, up, corner), _ => throw new InvalidDataException($"there is no filter {filter}") });
        }
    }

    static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        var (a, b, c) = (Math.Abs(guess - left), Math.Abs(guess - up), Math.Abs(guess - corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }

    /// <summary>With a palette of at most 256 colours: those that are used most; every other becomes the nearest of them.</summary>
    public static byte[] Write(Picture picture)
    {
        var palette = Palette.Of(picture);
        using var packed = new MemoryStream();
        using (var rows = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            for (var y = 0; y < picture.Height; y++)
            {
                rows.WriteByte(0); // no filter: neighbours in a palette are none
                for (var x = 0; x < picture.Width; x++) rows.WriteByte(palette.IndexOf(picture[x, y]));
            }
        using var file = new MemoryStream();
        file.Write(signature);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), picture.Height);
        (head[8], head[9]) = (Bits, Indexed);
        Chunk(file, "IHDR"u8, head);
        Chunk(file, "PLTE"u8, palette.Bytes);
        Chunk(file, "IDAT"u8, packed.ToArray());
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    static void Chunk(Stream file, ReadOnlySpan<byte> name, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(name);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc([.. name, .. data]));
        file.Write(number);
    }

    /// <summary>CRC-32 of name and data (§5.5).</summary>
    static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }
}
