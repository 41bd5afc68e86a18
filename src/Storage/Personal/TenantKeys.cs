using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Storage.Personal;

/// <summary>Where wrapped keys are kept.</summary>
internal interface ITenantKeyStore
{
    /// <summary>The tenant's newest key; made by <paramref name="make"/> (of an id) if there is none. Of two makers at once one wins for both.</summary>
    (int Id, byte[] Wrapped) NewestOrMade(TenantId owner, Func<int, byte[]> make);

    byte[]? Find(TenantId owner, int id);
}

/// <summary>A tenant's key, parted by use (HKDF, RFC 5869): one key never serves two algorithms.</summary>
internal sealed class TenantKey(int id, byte[] secret)
{
    public int Id => id;
    public byte[] Encryption { get; } = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "encrypt"u8.ToArray());
    public byte[] Lookup { get; } = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "lookup"u8.ToArray());
}

/// <summary>The tenants' keys, unwrapped and kept in memory.</summary>
internal sealed class TenantKeys(ITenantKeyStore store, byte[] master)
{
    private readonly ConcurrentDictionary<TenantId, TenantKey> newest = new();
    private readonly ConcurrentDictionary<(TenantId, int), TenantKey> byId = new();

    public TenantKey Newest(TenantId owner) => newest.GetOrAdd(owner, o =>
    {
        var (id, wrapped) = store.NewestOrMade(o, made => SealedBytes.Seal(master, 0, RandomNumberGenerator.GetBytes(32), Bound(o, made)));
        return byId.GetOrAdd((o, id), _ => Unwrap(o, id, wrapped));
    });

    public TenantKey? Find(TenantId owner, int id)
    {
        if (byId.TryGetValue((owner, id), out var known)) return known;
        return store.Find(owner, id) is { } wrapped ? byId.GetOrAdd((owner, id), Unwrap(owner, id, wrapped)) : null;
    }

    private TenantKey Unwrap(TenantId owner, int id, byte[] wrapped) =>
        SealedBytes.TryOpen(master, wrapped, Bound(owner, id), out var secret)
            ? new(id, secret)
            : throw new CryptographicException($"key {id} of {owner} does not open with this master key");

    private static byte[] Bound(TenantId owner, int id) => Encoding.UTF8.GetBytes($"{owner}/{id}");
}
