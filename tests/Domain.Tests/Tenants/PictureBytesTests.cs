using CallCenter.Domain.Tenants;

namespace CallCenter.Domain.Tests.Tenants;

public sealed class PictureBytesTests
{
    private static readonly byte[] Png = [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 1, 44, 0, 0, 0, 80, 8, 6, 0, 0, 0, 1, 2, 3, 4];
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC4, 0, 3, 0, 0xFF, 0xC2, 0, 11, 8, 0, 80, 1, 44, 1, 0, 0, 0];
    private static readonly byte[] Lossy = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8 "u8, 0, 0, 0, 0, 0, 0, 0, 0x9D, 0x01, 0x2A, 44, 1, 80, 0, 0];
    private static readonly byte[] Lossless = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8L"u8, 0, 0, 0, 0, 0x2F, 0x2B, 0xC1, 0x13, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] Extended = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 43, 1, 0, 79, 0, 0];
    private static readonly byte[] Icon = [0, 0, 1, 0, 2, 0, 16, 16, 0, 0, 1, 0, 32, 0, 4, 0, 0, 0, 38, 0, 0, 0, 0, 0, 0, 0, 1, 0, 32, 0, 4, 0, 0, 0, 38, 0, 0, 0, 1, 2, 3, 4];

    public static TheoryData<byte[], string, int, int> Pictures => new()
    {
        { Png, PictureBytes.Png, 300, 80 }, { Jpeg, PictureBytes.Jpeg, 300, 80 }, { Lossy, PictureBytes.Webp, 300, 80 }, { Lossless, PictureBytes.Webp, 300, 80 }, { Extended, PictureBytes.Webp, 300, 80 }, { Icon, PictureBytes.Icon, 256, 256 },
    };

    [Theory, MemberData(nameof(Pictures))]
    public void A_pictures_bytes_say_its_format_and_size(byte[] bytes, string type, int width, int height)
    {
        Assert.True(PictureBytes.TryRead(bytes, out var read, out var w, out var h));
        Assert.Equal((type, width, height), (read, w, h));
    }

    [Theory, MemberData(nameof(Pictures))]
    public void Broken_off_anywhere_or_with_any_byte_changed_nothing_is_thrown(byte[] bytes, string type, int width, int height)
    {
        Assert.True(type.Length > 0 && width > 0 && height > 0);
        for (var length = 0; length < bytes.Length; length++) PictureBytes.TryRead(bytes.AsSpan(0, length), out _, out _, out _);
        for (var at = 0; at < bytes.Length; at++)
            foreach (var value in new byte[] { 0, 1, 0x7F, 0xFF })
            {
                var changed = bytes.ToArray();
                changed[at] = value;
                PictureBytes.TryRead(changed, out _, out _, out _);
            }
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", true)]
    [InlineData("\uFEFF \r\n<?xml version='1.0'?>", true)]
    [InlineData("<!doctype html>", true)]
    [InlineData("GIF89a", false)]
    public void Markup_is_known_and_is_no_picture(string text, bool markup)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        Assert.Equal(markup, PictureBytes.IsMarkup(bytes));
        Assert.False(PictureBytes.TryRead(bytes, out _, out _, out _));
    }

    [Fact]
    public void An_icon_that_points_outside_itself_is_none()
    {
        var bytes = Icon.ToArray();
        bytes[14] = 200;
        Assert.False(PictureBytes.TryRead(bytes, out _, out _, out _));
    }
}
