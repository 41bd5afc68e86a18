using System.Buffers.Binary;

namespace CallCenter.Domain.Tenants;

/// <summary>What a picture's first bytes say of its format and size. Nothing is decoded: that is the browser's, under its own walls.</summary>
public static class PictureBytes
{
    public const string Png = "image/png", Jpeg = "image/jpeg", Webp = "image/webp", Icon = "image/x-icon";

    /// <summary>False: it is none of PNG, JPEG, WebP and ICO, or is broken off before its size.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out string type, out int width, out int height)
    {
        (type, width, height) = ("", 0, 0);
        var known = bytes switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Set(Png, out type) && OfPng(bytes, out width, out height),
            [0xFF, 0xD8, 0xFF, ..] => Set(Jpeg, out type) && OfJpeg(bytes, out width, out height),
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => Set(Webp, out type) && OfWebp(bytes[12..], out width, out height),
            [0, 0, 1, 0, ..] => Set(Icon, out type) && OfIcon(bytes, out width, out height),
            _ => false,
        };
        return known && width > 0 && height > 0;
    }

    /// <summary>Whether the bytes are text that begins as markup does: an SVG may hold scripts.</summary>
    public static bool IsMarkup(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        return bytes.TrimStart(" \t\r\n"u8) is [(byte)'<', ..];
    }

    private static bool Set(string value, out string type)
    {
        type = value;
        return true;
    }

    /// <summary>The header chunk comes first (PNG, third edition, §11.2.1).</summary>
    private static bool OfPng(ReadOnlySpan<byte> bytes, out int width, out int height)
    {
        (width, height) = (0, 0);
        if (bytes.Length < 33 || !bytes[12..16].SequenceEqual("IHDR"u8)) return false;
        (width, height) = (Positive(BinaryPrimitives.ReadUInt32BigEndian(bytes[16..])), Positive(BinaryPrimitives.ReadUInt32BigEndian(bytes[20..])));
        return true;
    }

    /// <summary>The first frame header among the segments (ITU-T T.81 §B.2.2).</summary>
    private static bool OfJpeg(ReadOnlySpan<byte> bytes, out int width, out int height)
    {
        (width, height) = (0, 0);
        for (var at = 2; at + 9 < bytes.Length;)
        {
            if (bytes[at] != 0xFF) return false;
            var marker = bytes[at + 1];
            if (marker == 0xFF) // fill bytes (§B.1.1.2)
            {
                at++;
                continue;
            }
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]));
                return true;
            }
            if (length < 2 || marker is 0xD9 or 0xDA) return false;
            at += 2 + length;
        }
        return false;
    }

    /// <summary>Lossy, lossless or extended (RFC 9649 §2.5–2.7).</summary>
    private static bool OfWebp(ReadOnlySpan<byte> chunk, out int width, out int height)
    {
        (width, height) = (0, 0);
        if (chunk.Length < 18) return false;
        var body = chunk[8..];
        if (chunk.StartsWith("VP8 "u8) && body is [_, _, _, 0x9D, 0x01, 0x2A, ..])
            (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) & 0x3FFF);
        else if (chunk.StartsWith("VP8L"u8) && body[0] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(body[1..]);
            (width, height) = ((int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1);
        }
        else if (chunk.StartsWith("VP8X"u8)) (width, height) = (Three(body[4..]) + 1, Three(body[7..]) + 1);
        else return false;
        return true;
    }

    /// <summary>The largest of its pictures; each entry must point into the file.</summary>
    private static bool OfIcon(ReadOnlySpan<byte> bytes, out int width, out int height)
    {
        (width, height) = (0, 0);
        if (bytes.Length < 6) return false;
        var count = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
        if (count == 0 || bytes.Length < 6 + 16 * count) return false;
        for (var i = 0; i < count; i++)
        {
            var entry = bytes[(6 + 16 * i)..];
            if ((long)BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]) + BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]) > bytes.Length) return false;
            (width, height) = (Math.Max(width, Side(entry[0])), Math.Max(height, Side(entry[1])));
        }
        return true;
    }

    /// <summary>0 stands for 256.</summary>
    private static int Side(byte side) => side == 0 ? 256 : side;

    private static int Three(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;

    private static int Positive(uint value) => value > int.MaxValue ? 0 : (int)value;
}
