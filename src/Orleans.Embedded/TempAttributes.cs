namespace Orleans;
[AttributeUsage(AttributeTargets.All)] public sealed class GenerateSerializerAttribute : Attribute;
[AttributeUsage(AttributeTargets.All)] public sealed class ImmutableAttribute : Attribute;
[AttributeUsage(AttributeTargets.All)] public sealed class AliasAttribute(string alias) : Attribute { public string Alias => alias; }
[AttributeUsage(AttributeTargets.All)] public sealed class IdAttribute(uint id) : Attribute { public uint Id => id; }
public interface IAddressable; public interface IGrain : IAddressable; public interface IGrainWithStringKey : IGrain; public interface IGrainObserver : IAddressable;
public interface IGrainFactory { T GetGrain<T>(string k, string? p = null) where T : IGrainWithStringKey; }
