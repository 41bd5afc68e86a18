using CallCenter.Contracts.Media;
using CallCenter.Domain.Tenants;

namespace CallCenter.Kit.Ports;

/// <summary>Hides nothing from anybody, but opens for its owner only and never shows the plain bytes.</summary>
public sealed class MemoryCipher : ITenantCipher
{
    const byte Mask = 0x5A;

    public byte[] Encrypt(TenantId owner, ReadOnlySpan<byte> plain) => Masked([(byte)owner.Value.Length, .. System.Text.Encoding.ASCII.GetBytes(owner.Value), .. plain]);

    public bool TryDecrypt(TenantId owner, ReadOnlySpan<byte> cipher, out byte[] plain)
    {
        plain = [];
        var whole = Masked(cipher);
        if (whole.Length == 0 || whole.Length <= whole[0] || System.Text.Encoding.ASCII.GetString(whole, 1, whole[0]) != owner.Value) return false;
        plain = whole[(1 + whole[0])..];
        return true;
    }

    static byte[] Masked(ReadOnlySpan<byte> bytes)
    {
        var masked = bytes.ToArray();
        foreach (ref var one in masked.AsSpan()) one ^= Mask;
        return masked;
    }
}
